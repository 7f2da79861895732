using System.Diagnostics.Metrics;
using Prometheus;

namespace Elbo.Server;

/// <summary>
/// The metrics of the server, on a meter of .NET; <see cref="WriteAsync"/> writes them, those of ASP.NET Core's requests and those of the
/// runtime as Prometheus reads them.
/// </summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Elbo.Server";

    private static readonly string[] Exported =
        [MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private static readonly double[] Seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
    private static readonly double[] Examples = [1, 2, 4, 8, 16, 32, BatchQueue.BatchSize];

    private readonly Meter _meter;
    private readonly Counter<long> _examples;
    private readonly Histogram<int> _batches;
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly IDisposable _adapter;

    public ServerMetrics()
    {
        // The adapter subscribes to instruments of its own instance only, since a process may have several servers.
        _meter = new Meter(MeterName, null, null, scope: this);
        _examples = _meter.CreateCounter<long>("examples", "{example}", "Examples that were computed.");
        _batches = _meter.CreateHistogram<int>("batch.size", "{example}", "Examples of a batch.");
        _adapter = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = _registry,
            MetricFactory = Metrics.WithCustomRegistry(_registry),
            InstrumentFilterPredicate = instrument => Exported.Contains(instrument.Meter.Name)
                && (instrument.Meter.Name != MeterName || ReferenceEquals(instrument.Meter.Scope, this)),
            ResolveHistogramBuckets = instrument => instrument.Unit == "s" ? Seconds : Examples,
        });
    }

    /// <summary>Reports the examples that wait for a model.</summary>
    public void Observe(string model, Func<int> waiting) => _meter.CreateObservableGauge(
        "queue.length",
        () => new Measurement<int>(waiting(), new KeyValuePair<string, object?>("model", model)),
        "{example}",
        "Examples that no batch has taken yet.");

    public void CountBatch(string model, ModelOperation operation, int examples)
    {
        var name = new KeyValuePair<string, object?>("model", model);
        var what = new KeyValuePair<string, object?>("operation", operation.ToString().ToLowerInvariant());
        _examples.Add(examples, name, what);
        _batches.Record(examples, name, what);
    }

    /// <summary>Writes all metrics in Prometheus' text format.</summary>
    public Task WriteAsync(Stream destination, CancellationToken cancellation) =>
        _registry.CollectAndExportAsTextAsync(destination, cancellation);

    public void Dispose()
    {
        _adapter.Dispose();
        _meter.Dispose();
    }
}
