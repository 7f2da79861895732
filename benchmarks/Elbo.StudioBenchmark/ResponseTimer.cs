using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Elbo.StudioBenchmark;

/// <summary>
/// Measures response times on the server: from the arrival of an event of a page until the last resulting change of the page has been
/// passed to the connection. If the browser takes part (it changes its URL and reports it back before the view is computed), its share is
/// measured as well.
/// </summary>
internal sealed class ResponseTimer : IHubFilter
{
    private const string PointerEvent = "point";

    private readonly ConcurrentDictionary<string, PendingResponse> _pending = [];
    private readonly ConcurrentQueue<ResponseTime> _responses = [];

    /// <summary>The response times that are complete, because the page has sent another event or has been closed.</summary>
    public IReadOnlyList<ResponseTime> Finished()
    {
        foreach (var connection in _pending.Keys)
            Finish(connection);
        return [.. _responses];
    }

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var now = Stopwatch.GetTimestamp();
        // The next event of the page, for example a key press, also changes it, so it ends the measurement of the previous event.
        if (IsEvent(invocation))
            Finish(invocation.Context.ConnectionId);
        if (KindOf(invocation) is { } kind)
            _pending[invocation.Context.ConnectionId] = new PendingResponse(kind, now);

        if (invocation.HubMethodName == "OnLocationChanged" && _pending.TryGetValue(invocation.Context.ConnectionId, out var pending)
            && pending.Kind != PointerEvent)
        {
            pending.Back ??= Stopwatch.GetTimestamp();
            pending.View = invocation.HubMethodArguments.OfType<string>().Select(ViewOf).FirstOrDefault(view => view is not null);
        }

        return next(invocation);
    }

    /// <summary>Records that a message was sent to a page.</summary>
    public void Sent(string connection, string method)
    {
        if (!_pending.TryGetValue(connection, out var pending))
            return;
        // When the pointer rests, its position is written to the URL, which does not change the view.
        if (pending is { Kind: PointerEvent, LastChange: not null, Away: not null })
            return;
        if (method == "JS.RenderBatch")
            pending.LastChange = Stopwatch.GetTimestamp();
        else if (method == "JS.BeginInvokeJS")
            pending.Away ??= Stopwatch.GetTimestamp();
    }

    private void Finish(string connection)
    {
        if (!_pending.TryRemove(connection, out var pending) || pending.LastChange is not { } last)
            return;
        var whole = Stopwatch.GetElapsedTime(pending.At, last).TotalMilliseconds;
        var browser = pending is { Away: { } away, Back: { } back } && away < back
            ? Stopwatch.GetElapsedTime(away, back).TotalMilliseconds
            : 0;
        _responses.Enqueue(new ResponseTime(pending.View is { } view ? $"{pending.Kind}-{view}" : pending.Kind, whole, whole - browser));
    }

    private static string? ViewOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.AbsolutePath.Length > 1 ? address.AbsolutePath[1..] : null;

    private static bool IsEvent(HubInvocationContext invocation) =>
        invocation is
        {
            HubMethodName: "BeginInvokeDotNetFromJS",
            HubMethodArguments: [_, _, "DispatchEventAsync" or "PointAt", _, string],
        };

    private static string? KindOf(HubInvocationContext invocation) =>
        invocation is { HubMethodName: "BeginInvokeDotNetFromJS", HubMethodArguments: [_, _, string method, _, string arguments] }
            ? method switch
            {
                "DispatchEventAsync" when arguments.Contains("\"input\"", StringComparison.Ordinal) => "slider",
                "PointAt" => PointerEvent,
                _ => null,
            }
            : null;

    private sealed class PendingResponse(string kind, long at)
    {
        public string Kind => kind;

        public long At => at;

        /// <summary>When the browser was pending to change its URL.</summary>
        public long? Away { get; set; }

        /// <summary>When the browser had changed its URL.</summary>
        public long? Back { get; set; }

        /// <summary>The view in that URL.</summary>
        public string? View { get; set; }

        public long? LastChange { get; set; }
    }
}

/// <summary>A response time.</summary>
/// <param name="Kind">The kind of the event: slider or pointer, and the view.</param>
/// <param name="Whole">Milliseconds until the last change of the page, including the browser's share.</param>
/// <param name="Server">Milliseconds without the browser's share.</param>
internal sealed record ResponseTime(string Kind, double Whole, double Server);

/// <summary>Sends the messages of the hub and reports them to the timer.</summary>
internal sealed class TimedLifetime<THub>(ResponseTimer timer, ILogger<DefaultHubLifetimeManager<THub>> logger)
    : DefaultHubLifetimeManager<THub>(logger)
    where THub : Hub
{
    public override async Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        await base.SendConnectionAsync(connectionId, methodName, args, cancellationToken);
        timer.Sent(connectionId, methodName);
    }
}
