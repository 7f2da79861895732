using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Elbo.Extensions;

/// <summary>
/// Reports a training by .NET's own means: give it as the progress of <c>Trainer.Fit</c>. Every epoch becomes a line of the log, and the
/// meter <c>Elbo</c> has <c>elbo.training.loss</c>, <c>elbo.training.reconstruction</c>, <c>elbo.training.kl</c> and
/// <c>elbo.training.negative_elbo</c> in nats, <c>elbo.training.examples_per_second</c>, and <c>elbo.training.progress</c> from 0 to 1.
/// Terms have the tag <c>split</c>: <c>train</c> or <c>validation</c>.
/// </summary>
public sealed partial class TrainingTelemetry : IProgress<TrainingProgress>
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Elbo";

    private const string Nats = "nats";

    private readonly ILogger _logger;
    private readonly Gauge<double> _loss;
    private readonly Gauge<double> _reconstruction;
    private readonly Gauge<double> _kl;
    private readonly Gauge<double> _negativeElbo;
    private readonly Gauge<double> _speed;
    private readonly Gauge<double> _progress;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter, and disposes it.</param>
    /// <param name="logger">Gets a line for each epoch; null for none.</param>
    public TrainingTelemetry(IMeterFactory meters, ILogger<TrainingTelemetry>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _logger = logger ?? NullLogger<TrainingTelemetry>.Instance;
        var meter = meters.Create(MeterName);
        _loss = meter.CreateGauge<double>("elbo.training.loss", Nats, "The weighted loss of the epoch so far");
        _reconstruction = meter.CreateGauge<double>("elbo.training.reconstruction", Nats, "-E_q[log p(x|z,c)] of an epoch");
        _kl = meter.CreateGauge<double>("elbo.training.kl", Nats, "KL(q(z|x,c) || p(z|c)) of an epoch");
        _negativeElbo = meter.CreateGauge<double>("elbo.training.negative_elbo", Nats, "-ELBO of an epoch");
        _speed = meter.CreateGauge<double>("elbo.training.examples_per_second", "{example}/s", "Training examples seen per second");
        _progress = meter.CreateGauge<double>("elbo.training.progress", "1", "The share of the steps that are done");
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _loss.Record(value.Loss);
        _speed.Record(value.ExamplesPerSecond);
        _progress.Record(value.Fraction);
        if (value.Completed is not { } epoch)
            return;
        Record("train", epoch.Train);
        if (epoch.Validation is { } validation)
            Record("validation", validation);
        var shown = epoch.Validation ?? epoch.Train;
        LogEpoch(epoch.Epoch, value.Epochs, epoch.TrainLoss, shown.Reconstruction, shown.Kl, epoch.ExamplesPerSecond);
        if (epoch.Warning is { } warning)
            LogWarning(epoch.Epoch, warning);
    }

    private void Record(string split, SplitTerms terms)
    {
        var tag = new KeyValuePair<string, object?>("split", split);
        _reconstruction.Record(terms.Reconstruction, tag);
        if (terms.Kl is { } kl)
            _kl.Record(kl, tag);
        if (terms.NegativeElbo is { } negativeElbo)
            _negativeElbo.Record(negativeElbo, tag);
    }

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Epoch {Epoch} of {Epochs}: loss {Loss:0.00}, reconstruction {Reconstruction:0.00}, KL {Kl:0.00} nats, "
            + "{ExamplesPerSecond:0} examples/s")]
    private partial void LogEpoch(int epoch, int epochs, double loss, double reconstruction, double? kl, double examplesPerSecond);

    [LoggerMessage(2, LogLevel.Warning, "Epoch {Epoch}: {Warning}")]
    private partial void LogWarning(int epoch, string warning);
}
