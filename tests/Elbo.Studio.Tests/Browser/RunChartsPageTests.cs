using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>A studio with two finished runs whose files are written by the test.</summary>
public sealed class ChartStudio : RunningStudio
{
    private readonly RunFolders _folders = new();

    public ChartStudio()
    {
        _folders.Add("first", epochs: 12, configuration: settings => With(settings, "bernoulli"));
        _folders.AddErrors("first", (12, "validation", 0.75));
        _folders.Add("second", epochs: 5, configuration: settings => With(settings, "gaussian") with { Preset = "beta-vae" });
    }

    private protected override StudioOptions Options => base.Options with { Roots = [_folders.Root] };

    private protected override Task StopProcesses()
    {
        _folders.Dispose();
        return Task.CompletedTask;
    }

    internal string Link(string state = "") =>
        $"runs?run={RunCatalogue.IdOf(_folders["first"])},{RunCatalogue.IdOf(_folders["second"])}{state}";

    private static RunConfiguration With(RunConfiguration settings, string likelihood) =>
        settings with { Model = settings.Model with { Likelihood = likelihood } };
}

public class RunChartsPageTests(ChartStudio studio, TestBrowser browser)
    : BrowserTests(studio, browser), IClassFixture<ChartStudio>
{
    private readonly ChartStudio _studio = studio;

    private ILocator Probe => Page.Locator(".chart-probe").First;

    private ILocator Values => Page.Locator(".chart-values").First;

    [Fact]
    public async Task A_chart_shows_the_values_of_all_curves_at_the_pointer_and_by_the_arrow_keys()
    {
        await Open(_studio.Link());
        await ProbeAt(0.999);
        await Expect(Values).ToContainTextAsync("first, validation: 234 ± 0.75");
        // The second run has ended before, and says so.
        await Expect(Values).ToContainTextAsync("second, validation: 220 (epoch 5)");

        await Probe.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Probe).ToHaveAttributeAsync("aria-valuenow", "2");
        await Expect(Probe).ToHaveAttributeAsync("aria-valuetext", new Regex("^epoch 2; .*first, validation: 214;.*second, training: 114"));
    }

    [Fact]
    public async Task Epochs_are_shown_by_dragging_by_keys_and_by_the_link_and_all_again()
    {
        await Open(_studio.Link());
        await ProbeAt(0.5);
        await Page.Mouse.DownAsync();
        await ProbeAt(0.999);
        await Page.Mouse.UpAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("zoom=[3-6]-12$"));
        await Expect(Page.GetByLabel(Strings["Runs.Zoom.To"])).ToHaveValueAsync("12");

        await Probe.FocusAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page).Not.ToHaveURLAsync(new Regex("zoom="));
        await Page.GetByLabel(Strings["Runs.Zoom.From"]).FillAsync("4");
        await Page.GetByLabel(Strings["Runs.Zoom.From"]).BlurAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("zoom=4-12$"));

        await Open(_studio.Link("&zoom=900-2000&sort=nonsense&settings=1"));
        await Expect(Page.GetByLabel(Strings["Runs.Zoom.From"])).ToHaveValueAsync("0");
    }

    [Fact]
    public async Task The_list_is_sorted_and_filtered_and_the_link_says_so()
    {
        await Open(_studio.Link());
        await Page.GetByRole(AriaRole.Button, new() { Name = Strings["Runs.Column.NegativeElbo"] }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("sort=elbo$"));
        await Expect(Names.First).ToHaveTextAsync("second");
        await Expect(Page.Locator("th[aria-sort=ascending]")).ToHaveTextAsync(new Regex("^−ELBO"));
        await Page.GetByRole(AriaRole.Button, new() { Name = Strings["Runs.Column.NegativeElbo"] }).ClickAsync();
        await Expect(Names.First).ToHaveTextAsync("first");

        await Page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("gauss");
        await Expect(Names).ToHaveTextAsync(["second"]);
        await Expect(Page.GetByText(Strings["Runs.Found", 1, 2])).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("gauss");
        await Page.GetByRole(AriaRole.Searchbox).BlurAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("filter=gauss$"));
    }

    [Fact]
    public async Task What_does_not_compare_is_said_and_each_run_has_its_own_samples()
    {
        await Open(_studio.Link());

        await Expect(Page.Locator(".run-warning")).ToContainTextAsync("different likelihoods (bernoulli, gaussian)");
        await Expect(Page.Locator(".own-epoch")).ToHaveTextAsync([Strings["Runs.At", 12], Strings["Runs.At", 5]]);
        await Expect(Page.Locator("#kl-maps")).ToBeVisibleAsync();
        await Expect(Page.Locator("tbody tr").Filter(new() { HasText = "first" }).First).ToContainTextAsync("234.0 ± 0.8 (validation)");
        await Expect(Page.Locator("tbody tr").Filter(new() { HasText = "second" }).First).Not.ToContainTextAsync("±");

        await Page.SetViewportSizeAsync(380, 800);
        Assert.Equal(380, await Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"));
        await Page.Locator(".to-curves").ClickAsync();
        await Expect(Page.Locator("#curves")).ToBeInViewportAsync();
    }

    private ILocator Names => Page.Locator(".run-table.runs tbody th");

    private async Task ProbeAt(double part)
    {
        await Probe.ScrollIntoViewIfNeededAsync();
        var box = (await Probe.BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync((float)(box.X + part * box.Width - 1), box.Y + box.Height / 2);
    }
}
