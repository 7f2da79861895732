using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>A studio whose folder has two finished runs.</summary>
public sealed class StudioWithRuns : RunningStudio
{
    private readonly RunFolders _folders = new();

    public StudioWithRuns()
    {
        _folders.Add("one");
        _folders.Add("other", epochs: 5);
    }

    private protected override StudioOptions Options => base.Options with { Roots = [Runs, _folders.Root] };

    private protected override Task StopProcesses()
    {
        _folders.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Every view under axe-core.</summary>
public class AccessibilityTests(StudioWithRuns studio, TestBrowser browser)
    : BrowserTests(studio, browser), IClassFixture<StudioWithRuns>
{
    private const string Missing = "no-such-page";

    public static TheoryData<string, ColorScheme> Appearances { get; } = new MatrixTheoryData<string, ColorScheme>(
        ["en-GB", "zh-CN"], [ColorScheme.Light, ColorScheme.Dark]);

    [Theory]
    [MemberData(nameof(Appearances))]
    public async Task No_view_has_a_serious_violation(string language, ColorScheme colours)
    {
        IgnoreErrors("401", "404");
        var context = await NewContext(new(Window) { Locale = language, ColorScheme = colours });
        IgnoreErrors("401", "404");
        var page = await context.NewPageAsync();
        var found = new List<string>();
        await page.GotoAsync("runs");
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await Check("locked");

        await page.GotoAsync(Studio.Server.Address.ToString());
        await WaitUntilLoaded(page);
        foreach (var view in ShellTests.Views.Select(row => row.Data).Append(Missing))
        {
            await Open(page, view);
            if (view == "runs")
                await Choose(page);
            await Check(view);
        }

        await page.EvaluateAsync("localStorage.clear()");
        await page.GotoAsync("runs");
        await Expect(page.Locator("#no-access")).ToBeVisibleAsync();
        await Check("without the key");
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));

        async Task Check(string what) => found.AddRange((await page.SeriousViolations()).Select(violation => $"{what}: {violation}"));
    }

    [Theory]
    [MemberData(nameof(Appearances))]
    public async Task The_story_as_the_first_view_has_no_serious_violation(string language, ColorScheme colours)
    {
        var context = await NewContext(new(Window) { Locale = language, ColorScheme = colours });
        var page = await SignIn(context);
        foreach (var width in new[] { 1280, 380 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.GotoAsync("/");
            await Expect(page.Locator("section.stage canvas").First).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", new Regex($"^{language[..2]}"));
            var found = await page.SeriousViolations();
            Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        }
    }

    [Fact]
    public async Task Pale_text_is_found()
    {
        await Open("runs");
        Assert.True((await Page.SeriousViolations()) is [], string.Join(Environment.NewLine, await Page.SeriousViolations()));
        await Page.EvaluateAsync(
            """
            () => document.querySelector('main').insertAdjacentHTML('beforeend', '<p style="color: #999; background: #fff">pale</p>')
            """);
        Assert.StartsWith("serious color-contrast", Assert.Single(await Page.SeriousViolations()));
    }

    // Curves and samples are there once runs are compared.
    private static async Task Choose(IPage page)
    {
        foreach (var choice in await page.Locator(".run-table input[type=checkbox]:enabled").AllAsync())
            await choice.CheckAsync();
        await Expect(page.Locator("svg.chart").First).ToBeVisibleAsync();
    }
}
