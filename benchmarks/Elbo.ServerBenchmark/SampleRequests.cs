using System.Diagnostics;
using System.Net.Http.Headers;

namespace Elbo.ServerBenchmark;

/// <summary>Requests of one sample each, answered as PNG or JSON.</summary>
internal static class SampleRequests
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>
    /// Sends requests at fixed times, whether earlier ones are answered or not, and returns the milliseconds from the time at which each
    /// was due to the end of its answer. A server that falls behind is not given time to catch up.
    /// </summary>
    public static async Task<double[]> SendOnTime(HttpClient client, int rate, TimeSpan duration, CancellationToken cancellation)
    {
        var count = (int)(rate * duration.TotalSeconds);
        var requests = new Task<double>[count];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)rate);
            while (Stopwatch.GetElapsedTime(started) is var now && now < due)
            {
                // A timer is a millisecond late; the rest is waited for awake.
                if (due - now > TimeSpan.FromMilliseconds(2))
                    await Task.Delay(due - now - TimeSpan.FromMilliseconds(2), cancellation);
                else
                    Thread.SpinWait(50);
            }

            requests[i] = Send(i, due);
        }

        return await Task.WhenAll(requests);

        async Task<double> Send(int number, TimeSpan due)
        {
            await Task.Yield();
            await SendOne(client, number, "image/png", cancellation);
            return (Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds;
        }
    }

    /// <summary>Sends requests one after the other until a time; returns the milliseconds of each.</summary>
    public static async Task<List<double>> SendUntil(HttpClient client, int first, DateTime until, CancellationToken cancellation)
    {
        var times = new List<double>();
        for (var i = first; DateTime.UtcNow < until; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            await SendOne(client, i, i % 2 == 0 ? "image/png" : "application/json", cancellation);
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return times;
    }

    private static async Task SendOne(HttpClient client, int number, string accept, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/models/{ServerProcess.Model}/sample")
        {
            Content = new StringContent($$"""{"labels": [{{number % 10}}], "seed": {{number}}}""", Json),
        };
        request.Headers.Accept.Add(new(accept));
        using var response = await client.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        if (await response.Content.ReadAsByteArrayAsync(cancellation) is { Length: < 100 })
            throw new InvalidOperationException("An answer has no sample.");
    }
}
