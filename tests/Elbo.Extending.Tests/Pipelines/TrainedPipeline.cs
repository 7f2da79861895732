using Elbo.ML;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Extending.Pipelines;

/// <summary>One small pipeline, trained once for all tests: ours is in its middle.</summary>
public sealed class TrainedPipeline : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-pipelines-").FullName;

    public TrainedPipeline()
    {
        Run = Path.Combine(_folder, "run");
        Context = new MLContext(seed: 1);
        Rows = Context.Data.LoadFromEnumerable(Reading.Normal(800, seed: 1));
        Model = Context.Transforms.Concatenate("Both", "Features", "Features")
            .Append(Context.Transforms.Elbo(Options with { Training = Options.Training with { Directory = Run } }))
            .Append(Context.Transforms.NormalizeMinMax("Scaled", "Code"))
            .Fit(Rows);
        Transformer = Model.OfType<ElboTransformer>().Single();
    }

    public static ElboEstimatorOptions Options { get; } = new()
    {
        FalsePositiveRate = 0.05,
        Calibration = 300,
        Model = options => options with { LatentSize = 3, Network = new() { Hidden = [16] } },
        Training = new() { Epochs = 10, BatchSize = 32, LearningRate = 3e-3, Seed = 5 },
    };

    public string Run { get; }

    public MLContext Context { get; }

    public IDataView Rows { get; }

    public TransformerChain<NormalizingTransformer> Model { get; }

    internal ElboTransformer Transformer { get; }

    public string FileFor(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
