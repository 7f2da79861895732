using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>A studio that was started with a folder of data, whose name a shell would not leave alone.</summary>
public sealed class DataStudio : RunningStudio
{
    internal const string DataName = "two attributes & it's labels";

    private string Data => Path.Combine(Path.GetDirectoryName(Runs)!, $"{Path.GetFileName(Runs)}-data", DataName);

    private protected override StudioOptions Options => base.Options with
    {
        Data = [DataFolders.WriteTable(Data)],
        Program = new ElboProgram(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "elbo.exe" : "elbo"), []),
    };

    private protected override Task StopProcesses()
    {
        Directory.Delete(Path.GetDirectoryName(Data)!, recursive: true);
        return Task.CompletedTask;
    }
}

public class TrainingFormPageTests(DataStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<DataStudio>
{
    private ILocator Command => Page.Locator("code.command");

    private ILocator Error => Page.Locator("section[aria-labelledby=start-training] [role=alert]");

    [Fact]
    public async Task A_training_on_a_folder_with_chosen_attributes_is_the_command_that_is_shown()
    {
        await Open("runs");
        await Expect(Page.GetByText("images of 1x28x28 · 60,000 training and 10,000 test examples · labels: 10")).ToBeVisibleAsync();
        await Choose("Runs.Form.Data", DataStudio.DataName);
        await Expect(Page.GetByText("vectors of 2 numbers · 60 training and 20 test examples · labels: 3 · attributes: 2"))
            .ToBeVisibleAsync();
        await Expect(Page.GetByLabel(Strings["Runs.Form.Condition.Label"])).ToHaveCountAsync(0);

        await Choose("Runs.Form.Preset", "cvae");
        await Page.GetByLabel(Strings["Runs.Form.Condition.Label"]).UncheckAsync();
        await Expect(Error).ToHaveTextAsync(Strings["Runs.Form.Condition.Empty"]);
        await Expect(Button(Strings["Runs.Start.Button"])).ToBeDisabledAsync();
        await Page.GetByLabel(Strings["Runs.Form.Condition.Attributes"], new() { Exact = true }).CheckAsync();
        await Page.GetByLabel("slant", new() { Exact = true }).UncheckAsync();
        await Expect(Error).ToBeEmptyAsync();
        var epochs = Page.GetByLabel(Strings["Runs.Form.Epochs"], new() { Exact = true });
        await epochs.FillAsync("1");
        await epochs.BlurAsync();
        await Expect(Command).ToContainTextAsync("--epochs 1 --batch-size");
        await Expect(Command).ToContainTextAsync("--attribute-columns 'line width' --out");

        var pasted = await Command.InnerTextAsync();
        var (exitCode, errors) = await Shell(pasted);
        Assert.True(exitCode == 0, errors);
        var first = Assert.Single(RunFolders());
        Assert.EndsWith($"--out {Path.GetRelativePath(Environment.CurrentDirectory, first)}", pasted);

        await Button(Strings["Runs.Start.Button"]).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex(@"runs\?run=[0-9a-f]{16}$"), new() { Timeout = 240_000 });
        var second = Assert.Single(RunFolders().Except([first]));
        var catalogue = Studio.Server.Services.GetRequiredService<RunCatalogue>();
        await TrainingSandbox.Wait(catalogue, RunCatalogue.IdOf(second), run => run.Status == RunStatus.Finished);
        Assert.Equal(Settings(first), Settings(second));
        Assert.Equal("attributes", (string?)JsonNode.Parse(Settings(first))!["model"]!["condition"]!["kind"]);
        Assert.Single(JsonNode.Parse(Settings(first))!["model"]!["condition"]!["mean"]!.AsArray());
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(first, "metrics.csv"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Path.Combine(second, "metrics.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_region_of_what_is_no_image_is_refused_before_the_start()
    {
        await Open("runs");
        await Choose("Runs.Form.Data", DataStudio.DataName);
        await Expect(Page.GetByText(new Regex("vectors of 2 numbers"))).ToBeVisibleAsync();
        await Choose("Runs.Form.Preset", "cvae-quadrant-1");
        await Expect(Error).ToHaveTextAsync(Strings["Runs.Form.Condition.NoImages"]);
        await Expect(Button(Strings["Runs.Start.Button"])).ToBeDisabledAsync();

        await Choose("Runs.Form.Data", "mnist");
        await Expect(Error).ToBeEmptyAsync();
        await Choose("Runs.Form.Condition.Region", "rectangle");
        await Expect(Error).ToHaveTextAsync(Strings["Runs.Form.Condition.WrongNumbers"]);
        await Page.GetByLabel(Strings["Runs.Form.Condition.Numbers"]).FillAsync("0,0,14,28");
        await Expect(Error).ToBeEmptyAsync();
        await Expect(Command).ToContainTextAsync("--condition rectangle:0,0,14,28 --out");
        await Expect(Button(Strings["Runs.Start.Button"])).ToBeEnabledAsync();
        await Page.SetViewportSizeAsync(380, 800);
        Assert.Equal(380, await Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"));
    }

    private async Task Choose(string label, string item)
    {
        // The field of the component is read-only, and opens its list by a click on it.
        await Page.Locator(".mud-select").Filter(new() { Has = Page.GetByLabel(Strings[label], new() { Exact = true }) })
            .Locator(".mud-input-slot").First.ClickAsync();
        await Page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasTextRegex = new Regex($"^{Regex.Escape(item)}$") })
            .ClickAsync();
        await Expect(Page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
    }

    private string[] RunFolders() =>
        [.. Directory.GetDirectories(Studio.Runs).Where(folder => File.Exists(Path.Combine(folder, "config.json")))];

    private static string Settings(string run) => File.ReadAllText(Path.Combine(run, "config.json"));

    private static async Task<(int ExitCode, string Errors)> Shell(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await errors);
    }
}
