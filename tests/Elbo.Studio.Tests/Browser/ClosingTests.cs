using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Elbo.Studio.Tests;

/// <summary>A studio whose log is kept, and which forgets a page soon after it was closed.</summary>
public sealed class LoggedStudio : RunningStudio
{
    internal LogRecorder Log { get; } = new();

    private protected override StudioOptions Options => base.Options with
    {
        Services = services =>
        {
            services.AddSingleton<ILoggerProvider>(Log);
            services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(1));
        },
    };

    /// <summary>Keeps all warnings and errors.</summary>
    internal sealed class LogRecorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Entries.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}

public class ClosingTests(LoggedStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<LoggedStudio>
{
    private const string Closed = "about:blank";

    // What happens between opening a page and closing it.
    private static readonly Func<IPage, Task>[] Moments =
    [
        _ => Task.CompletedTask,
        page => page.WaitForSelectorAsync("header.bar"),
        page => page.WaitForSelectorAsync("main h1"),
        WaitUntilLoaded,
        async page =>
        {
            await WaitUntilLoaded(page);
            // Calls in both directions are under way when the page is left: none is awaited.
            await page.EvaluateAsync("""
                () => {
                    for (const plane of document.querySelectorAll('svg.plane, canvas'))
                        for (const kind of ['pointerdown', 'pointermove', 'pointerup'])
                            plane.dispatchEvent(new PointerEvent(kind, { clientX: 50, clientY: 300, pointerId: 1, bubbles: true }));
                    for (const button of document.querySelectorAll('.sharing button, .drawing button, .switch'))
                        button.click();
                }
                """);
        },
    ];

    [Theory]
    [InlineData("ledger")]
    [InlineData("generate")]
    [InlineData("condition")]
    [InlineData("runs")]
    public async Task Closing_a_page_at_any_moment_leaves_nothing_in_the_log(string view)
    {
        // The browser reports that the connection of a page that is left was cut.
        IgnoreErrors("");
        await WaitUntilLoaded(Page);
        foreach (var moment in Moments)
        {
            foreach (var isLeft in new[] { true, false })
            {
                var page = await Page.Context.NewPageAsync();
                await page.GotoAsync(view, new() { WaitUntil = WaitUntilState.Commit });
                await moment(page);
                if (isLeft)
                    await page.GotoAsync(Closed);
                await page.CloseAsync();
            }
        }

        await Page.GotoAsync(Closed);
        var pages = studio.Server.Services.GetRequiredService<CircuitLimit>();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (pages.Open > 0)
            await Task.Delay(50, timeout.Token);
        Assert.Empty(studio.Log.Entries);
    }
}
