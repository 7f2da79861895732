using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Elbo.StudioBenchmark;

/// <summary>
/// Times answers on the server: from the moment at which a message of a page is there to the moment at which the last change of the page that
/// comes of it has been handed to the connection. Where the browser has a part in it (it changes the address and tells it back before the view
/// is computed), that part is known as well.
/// </summary>
internal sealed class AnswerClock : IHubFilter
{
    private const string Pointing = "point";

    private readonly ConcurrentDictionary<string, Asked> _underWay = [];
    private readonly ConcurrentQueue<Answer> _answers = [];

    /// <summary>The answers that are complete: the page has asked for something else since, or has been closed.</summary>
    public IReadOnlyList<Answer> Answers()
    {
        foreach (var connection in _underWay.Keys)
            Finish(connection);
        return [.. _answers];
    }

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var now = Stopwatch.GetTimestamp();
        // What a page does next, a key that is pressed, changes it as well, and is another matter.
        if (IsEvent(invocation))
            Finish(invocation.Context.ConnectionId);
        if (KindOf(invocation) is { } kind)
            _underWay[invocation.Context.ConnectionId] = new Asked(kind, now);

        if (invocation.HubMethodName == "OnLocationChanged" && _underWay.TryGetValue(invocation.Context.ConnectionId, out var asked)
            && asked.Kind != Pointing)
        {
            asked.Back ??= Stopwatch.GetTimestamp();
            asked.View = invocation.HubMethodArguments.OfType<string>().Select(ViewOf).FirstOrDefault(view => view is not null);
        }

        return next(invocation);
    }

    /// <summary>Hears that something was sent to a page.</summary>
    public void Sent(string connection, string method)
    {
        if (!_underWay.TryGetValue(connection, out var asked))
            return;
        // Once a pointer has rested its place goes to the address, which changes nothing that is seen.
        if (asked is { Kind: Pointing, LastChange: not null, Away: not null })
            return;
        if (method == "JS.RenderBatch")
            asked.LastChange = Stopwatch.GetTimestamp();
        else if (method == "JS.BeginInvokeJS")
            asked.Away ??= Stopwatch.GetTimestamp();
    }

    private void Finish(string connection)
    {
        if (!_underWay.TryRemove(connection, out var asked) || asked.LastChange is not { } last)
            return;
        var whole = Stopwatch.GetElapsedTime(asked.At, last).TotalMilliseconds;
        var browser = asked is { Away: { } away, Back: { } back } && away < back ? Stopwatch.GetElapsedTime(away, back).TotalMilliseconds : 0;
        _answers.Enqueue(new Answer(asked.View is { } view ? $"{asked.Kind}-{view}" : asked.Kind, whole, whole - browser));
    }

    private static string? ViewOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.AbsolutePath.Length > 1 ? address.AbsolutePath[1..] : null;

    private static bool IsEvent(HubInvocationContext invocation) =>
        invocation is { HubMethodName: "BeginInvokeDotNetFromJS", HubMethodArguments: [_, _, "DispatchEventAsync" or "PointAt", _, string] };

    private static string? KindOf(HubInvocationContext invocation) =>
        invocation is { HubMethodName: "BeginInvokeDotNetFromJS", HubMethodArguments: [_, _, string method, _, string arguments] }
            ? method switch
            {
                "DispatchEventAsync" when arguments.Contains("\"input\"", StringComparison.Ordinal) => "slider",
                "PointAt" => Pointing,
                _ => null,
            }
            : null;

    private sealed class Asked(string kind, long at)
    {
        public string Kind => kind;

        public long At => at;

        /// <summary>When the browser was asked for something itself.</summary>
        public long? Away { get; set; }

        /// <summary>When it had changed its address.</summary>
        public long? Back { get; set; }

        /// <summary>The view that this address names.</summary>
        public string? View { get; set; }

        public long? LastChange { get; set; }
    }
}

/// <summary>How long an answer took.</summary>
/// <param name="Kind">What was moved.</param>
/// <param name="Whole">Milliseconds until the last change of the page, the browser's part among them.</param>
/// <param name="Server">The server's part.</param>
internal sealed record Answer(string Kind, double Whole, double Server);

/// <summary>Sends what the hub sends, and tells the clock.</summary>
internal sealed class TimedLifetime<THub>(AnswerClock clock, ILogger<DefaultHubLifetimeManager<THub>> logger) : DefaultHubLifetimeManager<THub>(logger)
    where THub : Hub
{
    public override async Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        await base.SendConnectionAsync(connectionId, methodName, args, cancellationToken);
        clock.Sent(connectionId, methodName);
    }
}
