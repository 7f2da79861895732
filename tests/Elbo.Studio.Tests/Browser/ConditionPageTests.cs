using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

public class ConditionPageTests(RunningStudio studio, TestBrowser browser, DigitClassifier classifier)
    : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    [Fact]
    public async Task Choosing_a_label_draws_samples_of_that_label()
    {
        await Open("condition?label=1");
        await Page.GetByRole(AriaRole.Button, new() { Name = "7", Exact = true }).ClickAsync();
        var samples = Page.GetByRole(AriaRole.Img, new() { Name = Strings["Condition.Samples", 7] }).And(Page.Locator("img"));
        await Expect(samples).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "7", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        var digits = DecodedPng.Read(await Source(samples)).Digits(columns: 8, scale: 2);
        Assert.InRange(classifier.CountAs(digits, 7) / 64.0, 0.8, 1);
    }

    [Fact]
    public async Task Choosing_another_prior_changes_the_plane()
    {
        await Open("condition?label=3");
        var plane = Page.Locator("main svg.plane[role=img]").First;
        var before = await plane.InnerHTMLAsync();
        var chosen = await Page.Locator(".prior-choice.chosen").InnerTextAsync();
        var other = Page.Locator(".prior-choice:not(.chosen)").First;
        await other.ClickAsync();
        await Expect(Page.Locator(".prior-choice.chosen")).Not.ToHaveTextAsync(chosen);
        await Page.WaitForFunctionAsync("before => document.querySelector('main svg.plane[role=img]').innerHTML !== before", before);
        await Expect(Page).ToHaveURLAsync(new Regex("model=label-"));
        await Expect(Page.Locator(".prior-choice")).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task An_image_is_completed_twelve_times_and_the_visible_pixels_are_equal()
    {
        await Open("condition?region=left-half&picture=4");
        var completions = DecodedPng.Read(await Source(Page.GetByAltText(Strings["Condition.Complete.Completions"])));
        var digits = completions.Digits(columns: (completions.Width - 2) / (28 * 2 + 2), scale: 2);
        Assert.Equal(12, digits.Count);
        // The left half is visible and equal in all completions; the right half is sampled.
        Assert.All(Enumerable.Range(1, 11), i => Assert.Equal(Half(digits, 0, left: true), Half(digits, i, left: true)));
        Assert.True(Enumerable.Range(0, 12).Select(i => string.Join(' ', Half(digits, i, left: false))).Distinct().Count() > 6);
    }

    [Fact]
    public async Task Another_region_or_another_digit_gives_new_completions()
    {
        await Open("condition");
        var completions = Page.GetByAltText(Strings["Condition.Complete.Completions"]);
        var before = await Source(completions);
        await Page.GetByLabel(Strings["Condition.Complete.Visible"]).First.ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = Strings["Condition.Region.left-half"] }).ClickAsync();
        before = await WaitForChange(completions, "src", before);
        await Expect(Page).ToHaveURLAsync(new Regex("region=left-half"));
        await Button(Strings["Ledger.Next"]).ClickAsync();
        await WaitForChange(completions, "src", before);
    }

    private static float[] Half(ExampleValues digits, int index, bool left) =>
        [.. digits[index].ToArray().Where((_, pixel) => pixel % 28 < 14 == left)];
}
