using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>A studio that starts trainings with the elbo program next to the tests, and kills them when it is disposed.</summary>
public sealed class TrainingStudio : RunningStudio
{
    private protected override StudioOptions Options => base.Options with
    {
        Program = new ElboProgram(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "elbo.exe" : "elbo"), []),
    };

    private protected override async Task StopProcesses()
    {
        foreach (var run in Server.Services.GetRequiredService<RunCatalogue>().Runs(refresh: true))
        {
            if (run.ProcessId is not { } id)
                continue;
            using var process = Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}

public class RunsPageTests(TrainingStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<TrainingStudio>
{
    private ILocator Row => Page.Locator(".run-table tbody tr").First;

    private ILocator Status => Row.Locator(".run-status");

    private ILocator Epoch => Row.Locator("td").Nth(2);

    [Fact]
    public async Task A_training_can_be_started_stopped_and_resumed()
    {
        await Open("runs");
        await Expect(Page.GetByText(Strings["Runs.None"])).ToBeVisibleAsync();
        await Fill(Strings["Runs.Form.Epochs"], "900");
        await Fill(Strings["Runs.Form.Latent"], "3");
        await Expect(Page.Locator("code.command")).ToContainTextAsync("--epochs 900");
        await Expect(Page.Locator("code.command")).ToContainTextAsync("--latent 3");

        await Button(Strings["Runs.Start.Button"]).ClickAsync();
        await Expect(Status).ToHaveTextAsync(Strings["Runs.State.Running"]);
        await Expect(Page).ToHaveURLAsync(new Regex(@"runs\?run=[0-9a-f]{16}$"));
        await Expect(Epoch).ToHaveTextAsync(new Regex("^[1-9][0-9]*/900$"), new() { Timeout = 240_000 });
        await Expect(Page.Locator("svg.chart").First).ToBeVisibleAsync();
        var samples = Page.GetByAltText(new Regex("^" + Strings["Runs.Samples", "[0-9]+"] + ": vae-"));
        await Expect(samples).ToBeVisibleAsync();
        Assert.Contains(DecodedPng.Read(await Source(samples)).Grey, grey => grey > 200);

        // Only one training can run at a time.
        await Button(Strings["Runs.Start.Button"]).ClickAsync();
        await Expect(Page.Locator(".error-message").Filter(new() { HasTextRegex = new Regex(@"\w") })).ToBeVisibleAsync();
        await Expect(Page.Locator(".run-table").First.Locator("tbody tr")).ToHaveCountAsync(1);

        // The training continues while the page is closed.
        await Open("ledger");
        await Open("runs");
        await Expect(Status).ToHaveTextAsync(Strings["Runs.State.Running"]);
        await Stop();
        var done = Numbers(await Epoch.InnerTextAsync())[0];

        await Press("Runs.Resume");
        await Expect(Row.GetByLabel(Strings["Runs.Resume.Epochs"])).ToHaveValueAsync("900");
        await Press("Runs.Resume");
        await Expect(Status).ToHaveTextAsync(Strings["Runs.State.Running"]);
        await Page.WaitForFunctionAsync(
            "done => parseInt(document.querySelector('.run-table tbody tr').querySelectorAll('td')[2].textContent) > done",
            done,
            new() { Timeout = 240_000 });
        await Stop();

        var folder = Assert.Single(new DirectoryInfo(Studio.Runs).GetDirectories(), directory => !directory.Name.StartsWith('.'));
        Assert.Contains("\"interrupted\"", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "run.json")));
        // The command has a path, relative to the folder in which the studio was started.
        var content = await Page.ContentAsync();
        Assert.DoesNotContain(Studio.Runs, content.Replace(PathArgument.Of(Studio.Runs), "", StringComparison.Ordinal));
        await Page.SetViewportSizeAsync(380, 800);
        Assert.Equal(380, await Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"));
    }

    private async Task Stop()
    {
        await Press("Runs.Stop");
        await Press("Runs.Stop.Confirm");
        await Expect(Status).ToHaveTextAsync(Strings["Runs.State.Stopped"]);
    }

    /// <summary>Presses a button of the run; its accessible name is its text and the run's name.</summary>
    private Task Press(string key) =>
        Row.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(Strings[key])}: vae-") }).ClickAsync();

    private async Task Fill(string label, string value)
    {
        var field = Page.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(value);
        await field.BlurAsync();
    }
}
