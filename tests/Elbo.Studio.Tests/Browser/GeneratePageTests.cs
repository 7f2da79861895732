using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

public class GeneratePageTests(RunningStudio studio, TestBrowser browser, DigitClassifier classifier)
    : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    private ILocator Sliders => Page.GetByRole(AriaRole.Slider);

    private ILocator SliderImage => Page.Locator("img.slider-image");

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public async Task Pressing_a_digit_generates_images_classified_as_that_digit(int digit)
    {
        await Open("generate?digit=3");
        await Page.Keyboard.PressAsync($"{digit}");
        var image = Page.GetByAltText(Strings["Generate.Page", digit]);
        await Expect(image).ToBeVisibleAsync();
        await Expect(Page).ToHaveURLAsync(new Regex($@"digit={digit}\b"));
        var digits = DecodedPng.Read(await Source(image)).Digits(columns: 8, scale: 2);
        Assert.Equal(64, digits.Count);
        Assert.InRange(classifier.CountAs(digits, digit) / 64.0, 0.9, 1);
        Assert.True(Enumerable.Range(1, 63).All(i => !digits[i].ToArray().SequenceEqual(digits[0].ToArray())), "The images are all equal.");
    }

    [Fact]
    public async Task Every_row_of_ten_styles_is_classified_as_its_label()
    {
        await Open("generate");
        var grid = DecodedPng.Read(await Source(Page.GetByAltText(Strings["Generate.Grid"]))).Digits(columns: 10, scale: 1);
        Assert.Equal(100, grid.Count);
        var right = Enumerable.Range(0, 10).Sum(label => classifier.CountAs(
            new ExampleValues(grid.Shape, [.. Enumerable.Range(0, 10).SelectMany(style => grid[10 * label + style].ToArray())]), label));
        Assert.InRange(right, 90, 100);
    }

    [Fact]
    public async Task A_copied_link_shows_the_same_images_in_another_browser()
    {
        await Open("generate?digit=6");
        await Sliders.First.FocusAsync();
        var before = await Source(SliderImage);
        await Page.Keyboard.PressAsync("End");
        await WaitForChange(SliderImage, "src", before);
        var page = Page.GetByAltText(Strings["Generate.Page", 6]);
        before = await Source(page);
        await Button(Strings["Generate.Again"]).First.ClickAsync();
        await WaitForChange(page, "src", before);
        var mine = await ImageSources(Page);

        await Button(Strings["Common.CopyLink"]).First.ClickAsync();
        await Expect(Page.GetByText(Strings["Common.Copied"]).First).ToBeVisibleAsync();
        var link = await Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith($"http://localhost:{Studio.Port}/generate?digit=6", link);
        Assert.DoesNotContain("token", link);

        var other = await SignIn(await NewContext());
        await Open(other, link);
        Assert.Equal(mine, await ImageSources(other));
        Assert.Equal(4, mine.Count);
    }

    [Fact]
    public async Task An_atlas_comes_when_it_is_asked_for_and_follows_the_label()
    {
        await Open("generate?digit=3");
        var atlas = Page.GetByAltText(Strings["Generate.Atlas"]);
        await Expect(atlas).ToHaveCountAsync(0);
        await Button(Strings["Generate.Atlas.Show"]).Last.ClickAsync();
        await Expect(atlas).ToHaveCountAsync(1);
        var before = await Source(atlas);
        var digits = DecodedPng.Read(before).Digits(columns: 20, scale: 1);
        Assert.Equal(400, digits.Count);
        Assert.InRange(classifier.CountAs(digits, 3) / 400.0, 0.7, 1);

        await Page.Keyboard.PressAsync("8");
        digits = DecodedPng.Read(await WaitForChange(atlas, "src", before)).Digits(columns: 20, scale: 1);
        Assert.InRange(classifier.CountAs(digits, 8) / 400.0, 0.7, 1);
        await Button(Strings["Generate.Atlas.Hide"]).ClickAsync();
        await Expect(atlas).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_locked_slider_keeps_its_value_when_a_code_is_sampled()
    {
        await Open("generate");
        var locked = Sliders.First;
        await locked.FocusAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(locked).ToHaveValueAsync("3");
        await Page.GetByLabel(Strings["Generate.Lock"]).First.CheckAsync();
        // Waits for the URL and not for another slider, whose value may not change after rounding.
        var before = Page.Url;
        await Button(Strings["Generate.Again"]).Nth(1).ClickAsync();
        await Expect(Page).Not.ToHaveURLAsync(before);
        await Expect(locked).ToHaveValueAsync("3");

        await Button(Strings["Generate.Reset"]).ClickAsync();
        await Expect(locked).ToHaveValueAsync("0");
        await Expect(Sliders.Nth(1)).ToHaveValueAsync("0");
    }

    [Fact]
    public async Task A_saved_image_equals_the_displayed_one()
    {
        await Open("generate?digit=4");
        var shown = await Source(Page.GetByAltText(Strings["Generate.Page", 4]));
        var saved = await Page.RunAndWaitForDownloadAsync(() => Button(Strings["Common.SavePng"]).First.ClickAsync());
        Assert.Equal("digit-4.png", saved.SuggestedFilename);
        Assert.Equal(Convert.FromBase64String(shown.Split(',')[1]), await File.ReadAllBytesAsync(await saved.PathAsync()));
    }

    [Fact]
    public async Task The_copied_command_and_program_contain_the_current_settings()
    {
        await Open("generate?digit=4&seed=12");
        await Button(Strings["Common.CopyCommand"]).First.ClickAsync();
        await Expect(Page.GetByText(Strings["Common.Copied"]).First).ToBeVisibleAsync();
        var command = await Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith("elbo ", command);
        Assert.Contains("--label 4", command);
        Assert.Contains("--seed 12", command);
        await Button(Strings["Common.CopyCode"]).First.ClickAsync();
        await Page.WaitForFunctionAsync(
            "async () => (await navigator.clipboard.readText()).includes('model.Sample(64, label: 4, seed: 12)')");
    }

    private static async Task<List<string>> ImageSources(IPage page)
    {
        var sources = new List<string>();
        foreach (var image in await page.Locator("main img").AllAsync())
            sources.Add(await Source(image));
        return sources;
    }
}
