using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>Keyboard operation of the views, and what they expose to screen readers.</summary>
public class KeyboardTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    /// <summary>The interactive elements. The canvas is excluded: it needs a pointer, and test images can be selected instead.</summary>
    private const string Controls =
        "main :is(button:not([disabled]), input:not([disabled]):not([type=hidden]), a[href], summary, select, [tabindex='0'])";

    public static TheoryData<string> Views => ShellTests.Views;

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_tab_key_reaches_every_control_with_a_visible_focus(string view)
    {
        await Open(view);
        var count = await Page.EvaluateAsync<int>($$"""
            () => {
                const shown = [...document.querySelectorAll("{{Controls}}")]
                    .filter(element => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0);
                const borders = 'fieldset, .mud-input-outlined-border';
                window.frameOf = element => [...(element.closest('.mud-input-control')?.querySelectorAll(borders) ?? [])]
                    .map(frame => getComputedStyle(frame).borderWidth + getComputedStyle(frame).borderColor).join();
                window.unreached = new Map(shown.map(element => [element, window.frameOf(element)]));
                return shown.length;
            }
            """);
        Assert.InRange(count, 5, 200);
        var invisible = new List<string>();
        for (var i = 0; i < count + 40; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            // An outline, or for text fields of the component library a changed border.
            invisible.Add(await Page.EvaluateAsync<string>("""
                async () => {
                    for (let frame = 0; frame < 3; frame++)
                        await new Promise(requestAnimationFrame);
                    const element = document.activeElement;
                    if (!window.unreached.has(element))
                        return '';
                    const before = window.unreached.get(element);
                    window.unreached.delete(element);
                    const style = getComputedStyle(element);
                    const hasRing = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                    return hasRing || (before && window.frameOf(element) !== before) ? '' : element.outerHTML.slice(0, 200);
                }
                """));
        }

        invisible.RemoveAll(element => element.Length == 0);
        Assert.Empty(invisible);
        Assert.Empty(
            await Page.EvaluateAsync<string[]>("() => [...window.unreached.keys()].map(element => element.outerHTML.slice(0, 200))"));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Every_control_and_image_has_an_accessible_name(string view)
    {
        await Open(view);
        var nodes = await AccessibleNodes();
        string[] roles =
        [
            "button", "link", "slider", "checkbox", "radio", "radiogroup", "combobox", "textbox", "spinbutton", "listbox",
            "image", "img", "application", "region", "navigation", "heading",
        ];
        Assert.Contains(nodes, node => node.Role == "button");
        var unnamed = nodes.Where(node => roles.Contains(node.Role) && string.IsNullOrWhiteSpace(node.Name));
        Assert.Empty(unnamed.Select(node => $"{node.Role} {node.Id}"));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Input_controls_of_a_view_have_distinct_names(string view)
    {
        await Open(view);
        string[] names =
        [
            .. (await AccessibleNodes())
                .Where(node => node.Role is "slider" or "checkbox" or "combobox" or "spinbutton" or "textbox")
                .Select(node => node.Name),
        ];
        Assert.Equal(names.Distinct().Order(), names.Order());
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_view_has_one_top_heading_and_skips_no_heading_level(string view)
    {
        await Open(view);
        var levels = await Page.EvaluateAsync<int[]>(
            "() => [...document.querySelectorAll('h1, h2, h3, h4')].map(heading => Number(heading.tagName[1]))");
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, string.Join(' ', levels)));
        Assert.Contains("Elbo", await Page.TitleAsync());
        Assert.Empty(await Page.EvaluateAsync<string[]>(
            """
            () => {
                const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
                return ids.filter((id, index) => ids.indexOf(id) !== index);
            }
            """));
    }

    [Fact]
    public async Task The_skip_link_leads_past_the_navigation()
    {
        await Open("ledger");
        await Page.EvaluateAsync("document.activeElement.blur()");
        await Page.Locator("a.skip").FocusAsync();
        await Expect(Page.Locator("a.skip")).ToBeInViewportAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("main")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Tab");
        Assert.True(await Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"));
    }

    [Fact]
    public async Task A_view_can_be_opened_and_operated_with_the_keyboard_only()
    {
        await Open("ledger");
        await Page.GetByRole(AriaRole.Link, new() { Name = Strings["Generate.Title"] }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings["Generate.Title"]);
        await WaitUntilLoaded(Page);
        await Expect(Page.Locator("h1")).ToBeFocusedAsync();

        // The page takes keys once its script has loaded.
        await Expect(Page.Locator(".keys")).ToHaveAttributeAsync("data-ready", "true");
        await Page.Keyboard.PressAsync("9");
        await Expect(Page.GetByAltText(Strings["Generate.Page", 9])).ToBeVisibleAsync();
        var four = Page.GetByRole(AriaRole.Button, new() { Name = "4", Exact = true });
        await four.FocusAsync();
        await Page.Keyboard.PressAsync("Space");
        await Expect(four).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Page.GetByAltText(Strings["Generate.Page", 4])).ToBeVisibleAsync();

        var image = Page.Locator("img.slider-image");
        var before = await Source(image);
        await Page.GetByRole(AriaRole.Slider).First.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await WaitForChange(image, "src", before);
    }

    /// <summary>The accessibility tree of the browser.</summary>
    private async Task<List<(string Role, string Name, string Id)>> AccessibleNodes()
    {
        var session = await Page.Context.NewCDPSessionAsync(Page);
        var tree = (await session.SendAsync("Accessibility.getFullAXTree"))!.Value;
        return
        [
            .. tree.GetProperty("nodes").EnumerateArray().Where(node => !node.GetProperty("ignored").GetBoolean())
                .Select(node => (Text(node, "role"), Text(node, "name"), node.GetProperty("nodeId").GetString()!)),
        ];

        static string Text(JsonElement node, string property) =>
            node.TryGetProperty(property, out var found) && found.TryGetProperty("value", out var value) ? value.ToString() : "";
    }
}
