using System.Diagnostics.Metrics;
using Elbo.Extensions;
using Elbo.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Extending;

/// <summary>Elbo among the services of a program: models, embeddings, metrics and the log of a training.</summary>
public sealed class ServicesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-services-").FullName;
    private readonly Lines _lines = new();
    private readonly ImageDataset _images;

    public ServicesTests()
    {
        var pixels = new byte[60 * 16];
        new Random(1).NextBytes(pixels);
        _images = new ImageDataset(new ImageShape(1, 4, 4), pixels);
    }

    private string Run => Path.Combine(_folder, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_training_reports_its_terms_to_a_meter_and_its_epochs_to_the_log()
    {
        var measured = new List<(string Name, double Value, string? Split)>();
        using var provider = Services();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TrainingTelemetry.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            measured.Add((instrument.Name, value, tags.Length == 0 ? null : (string?)tags[0].Value)));
        listener.Start();

        var result = Train(provider.GetRequiredService<TrainingTelemetry>());

        Assert.Equal(2, measured.Count(each => each is { Name: "elbo.training.negative_elbo", Split: "train" }));
        Assert.Equal(
            result.Epochs[^1].Validation!.NegativeElbo,
            measured.Last(each => each is { Name: "elbo.training.negative_elbo", Split: "validation" }).Value);
        Assert.Contains(measured, each => each is { Name: "elbo.training.examples_per_second", Value: > 0 });
        Assert.Equal(1, measured.Last(each => each.Name == "elbo.training.progress").Value, 6);
        foreach (var term in new[] { "loss", "reconstruction", "kl" })
            Assert.Contains(measured, each => each.Name == $"elbo.training.{term}" && double.IsFinite(each.Value));
        Assert.Equal(2, _lines.Written.Count(line => line.StartsWith("Epoch ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_program_gets_models_and_embeddings_by_name()
    {
        Train(null);
        var (run, lines) = (Run, _lines);

        // begin
        var services = new ServiceCollection().AddMetrics().AddElbo(options => options.Models["digits"] = run);
        services.AddLogging(logging => logging.AddProvider(lines));
        await using var provider = services.BuildServiceProvider();
        var model = provider.GetRequiredService<ElboModels>().Get("digits");
        var embeddings = provider.GetRequiredKeyedService<IEmbeddingGenerator<ReadOnlyMemory<float>, Embedding<float>>>("digits");
        var codes = await embeddings.GenerateAsync([model.Sample(count: 1, seed: 1), model.Sample(count: 1, seed: 2)]);
        // end

        Assert.Same(model, provider.GetRequiredService<ElboModels>().Get("digits"));
        Assert.Equal(model.Encode(new() { Values = model.Sample(count: 1, seed: 2) }), codes[1].Vector.ToArray());
        Assert.Equal(2, embeddings.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
        Assert.Same(model, embeddings.GetService<InferenceModel>());
        Assert.Single(_lines.Written, line => line.StartsWith("Opened the model digits, a vae", StringComparison.Ordinal));
        await Assert.ThrowsAsync<NotSupportedException>(() => embeddings.GenerateAsync(
            [new float[16]], new() { Dimensions = 3 }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => embeddings.GenerateAsync(
            [new float[32]], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embeddings.GenerateAsync(
            [new float[16]], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_model_that_is_not_there_is_named_and_found_once_it_is()
    {
        using var provider = Services();
        var models = provider.GetRequiredService<ElboModels>();
        Assert.Equal(
            "There is no model 'faces': the options name digits.", Assert.Throws<KeyNotFoundException>(() => models.Get("faces")).Message);
        Assert.Throws<DirectoryNotFoundException>(() => models.Get("digits"));
        Train(null);
        Assert.Equal(2, models.Get("digits").Description.LatentSize);
    }

    private TrainingResult Train(IProgress<TrainingProgress>? progress)
    {
        using var model = Vae.Create(_images.Shape, options => options with { LatentSize = 2, Network = new() { Hidden = [8] } });
        return new Trainer(model, new() { Epochs = 2, BatchSize = 20, Validation = 20, Directory = Run }).Fit(_images, progress);
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection().AddMetrics().AddElbo(options => options.Models["digits"] = Run);
        return services.AddLogging(logging => logging.AddProvider(_lines)).BuildServiceProvider();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
