using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>The keys 0 to 9 in the views that have digits or labels.</summary>
public class DigitKeysTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    [Theory]
    [InlineData("generate", "digit")]
    [InlineData("condition", "label")]
    public async Task They_choose_the_digit_wherever_the_focus_is_and_the_page_says_so(string view, string parameter)
    {
        await Open(view);
        await Expect(Page.GetByText(Strings["Common.DigitKeys"])).ToBeVisibleAsync();

        await Page.EvaluateAsync("document.activeElement.blur()");
        await Press("4");
        await Page.GetByRole(AriaRole.Link, new() { Name = Strings["Runs.Title"] }).FocusAsync();
        await Press("7");
        await Page.Locator(".switch").First.FocusAsync();
        await Press("0");
        await Button("2").FocusAsync();
        await Press("9");

        async Task Press(string key)
        {
            await Page.Keyboard.PressAsync(key);
            await Expect(Page).ToHaveURLAsync(new Regex($@"[?&]{parameter}={key}\b"));
            await Expect(Button(key)).ToHaveAttributeAsync("aria-pressed", "true");
        }
    }

    [Fact]
    public async Task They_leave_text_and_shortcuts_alone_and_the_next_view()
    {
        await Open("generate?digit=3");
        // What stands in a page that takes text, and none of the views has today.
        await Page.EvaluateAsync("""
            () => {
                for (const [id, html] of [['number', '<input type="number">'], ['text', '<textarea></textarea>'],
                    ['chosen', '<select><option>a</option></select>'], ['free', '<div contenteditable="true"></div>']]) {
                    const field = document.createElement('div');
                    field.innerHTML = html;
                    field.firstChild.id = id;
                    document.querySelector('main').append(field);
                }
            }
            """);
        foreach (var id in (string[])["number", "text", "chosen", "free"])
        {
            await Page.Locator($"#{id}").FocusAsync();
            await Page.Keyboard.PressAsync("8");
        }

        await Expect(Page.Locator("#number")).ToHaveValueAsync("8");
        await Page.EvaluateAsync("document.activeElement.blur()");
        await Page.EvaluateAsync("""
            () => {
                for (const name of ['ctrlKey', 'altKey', 'metaKey', 'isComposing', 'repeat'])
                    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '8', bubbles: true, [name]: true }));
            }
            """);
        // Calls are made in their order: had one of those before been made, it would be seen here.
        await Page.Keyboard.PressAsync("5");
        await Expect(Page).ToHaveURLAsync(new Regex(@"digit=5\b"));
        await Expect(Button("8")).ToHaveAttributeAsync("aria-pressed", "false");

        // The view is left without a new page: its listener is gone, or an error of a component that is no more would be reported.
        await Page.GetByRole(AriaRole.Link, new() { Name = Strings["Ledger.Title"] }).ClickAsync();
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings["Ledger.Title"]);
        await WaitUntilLoaded(Page);
        var address = Page.Url;
        await Page.Keyboard.PressAsync("6");
        await Page.GetByRole(AriaRole.Link, new() { Name = Strings["Generate.Title"] }).FocusAsync();
        Assert.Equal(address, Page.Url);
    }

    [Fact]
    public async Task What_was_copied_is_said_and_then_no_longer()
    {
        await Open("generate");
        var status = Page.Locator(".sharing [role=status]").First;
        await Expect(status).ToBeEmptyAsync();
        await Button(Strings["Common.CopyLink"]).First.ClickAsync();
        await Expect(status).ToHaveTextAsync(Strings["Common.Copied"]);
        await Expect(status).ToBeEmptyAsync();
    }
}
