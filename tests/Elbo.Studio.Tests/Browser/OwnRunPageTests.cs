using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>A studio that was started with the runs of a user.</summary>
public sealed class StudioOfOwnRuns : RunningStudio
{
    internal OwnRuns Own { get; } = new();

    private protected override StudioOptions Options => base.Options with { Roots = [Own.Root] };

    private protected override Task StopProcesses()
    {
        Own.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The views with the models of a user's runs.</summary>
public class OwnRunPageTests(StudioOfOwnRuns studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<StudioOfOwnRuns>
{
    private readonly OwnRuns _runs = studio.Own;

    [Fact]
    public async Task The_ledger_opens_every_run_from_its_list()
    {
        await Open("ledger");
        foreach (var name in OwnRuns.Names)
        {
            await Page.GetByLabel(Strings["Common.Model"]).First.SelectOptionAsync(new SelectOptionValue { Value = _runs.IdOf(name) });
            await Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(_runs.IdOf(name))));
            await Expect(Page.Locator("#ledger-sum")).ToBeVisibleAsync();
            await Expect(Page.Locator("#ledger-likelihood")).ToContainTextAsync("±");
            await Expect(Page.GetByAltText(Strings["Ledger.Visible"])).ToHaveCountAsync(name == "region" ? 1 : 0);
            await Expect(Page.Locator("canvas")).ToHaveCountAsync(0);
            Assert.DoesNotContain("-0.00", await Page.Locator("main").InnerTextAsync());
        }
    }

    [Fact]
    public async Task Labels_have_their_names_and_another_one_changes_the_prior_that_is_sampled()
    {
        await Open($"condition?model={_runs.IdOf("labels")}");
        var samples = Page.GetByAltText(Strings["Condition.Own.Samples"]);
        await Button("left").ClickAsync();
        await Expect(Button("left")).ToHaveAttributeAsync("aria-pressed", "true");
        var before = await Source(samples);
        await Button("right").ClickAsync();
        await WaitForChange(samples, "src", before);
        await Expect(Page).ToHaveURLAsync(new Regex("label=2"));
        await Expect(Page.Locator(".plane .prior")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Attributes_have_sliders_with_their_names()
    {
        await Open($"condition?model={_runs.IdOf("attributes")}");
        var samples = Page.GetByAltText(Strings["Condition.Own.Samples"]);
        var before = await Source(samples);
        var slider = Page.GetByLabel("length");
        await slider.FocusAsync();
        for (var i = 0; i < 8; i++)
            await Page.Keyboard.PressAsync("PageUp");
        await WaitForChange(samples, "src", before);
        await Expect(Page).ToHaveURLAsync(new Regex("attributes=[0-9.]+%2C[0-9.]+"));
    }

    [Fact]
    public async Task The_generate_view_samples_a_named_label_and_the_rows_of_a_table()
    {
        await Open($"generate?model={_runs.IdOf("labels")}");
        var samples = Page.GetByAltText(Strings["Generate.Page", "right"]);
        await Button("right").ClickAsync();
        await Expect(samples).ToBeVisibleAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("label=2"));
        await Expect(Page.GetByRole(AriaRole.Slider)).ToHaveCountAsync(3);

        await Page.GetByLabel(Strings["Common.Model"]).First.SelectOptionAsync(new SelectOptionValue { Value = _runs.IdOf("table") });
        await Expect(Page.Locator(".generated thead th").First).ToHaveTextAsync("height");
        await Expect(Page.Locator(".generated").First.Locator("tbody tr")).ToHaveCountAsync(20);
        await Expect(Page.Locator("main img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_row_of_the_runs_opens_its_model_in_the_views()
    {
        await Open("runs");
        foreach (var (name, views) in new[] { ("labels", 3), ("table", 2) })
        {
            var links = Page.GetByRole(AriaRole.Navigation, new() { Name = $"{Strings["Shell.Views"]}: {name}" }).GetByRole(AriaRole.Link);
            await Expect(links).ToHaveCountAsync(views);
            foreach (var link in await links.AllAsync())
                Assert.Contains($"model={_runs.IdOf(name)}", await link.GetAttributeAsync("href"));
        }

        await Page.GetByRole(AriaRole.Navigation, new() { Name = $"{Strings["Shell.Views"]}: labels" })
            .GetByRole(AriaRole.Link, new() { Name = Strings["Ledger.Title"] }).ClickAsync();
        await Expect(Page.Locator("#ledger-sum")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_that_is_gone_is_one_sentence()
    {
        await Page.GotoAsync("ledger?model=run-0123456789abcdef");
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This run is not among those" })).ToBeVisibleAsync();
        await Page.GotoAsync("generate?model=run-0123456789abcdef");
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This run is not among those" })).ToBeVisibleAsync();
        await Page.GotoAsync("condition?model=run-0123456789abcdef");
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This run is not among those" })).ToBeVisibleAsync();
    }
}
