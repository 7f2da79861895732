namespace Elbo.Benchmarks;

/// <summary>The model specification for all contenders.</summary>
/// <param name="Name">The name in the tables.</param>
/// <param name="BatchSize">The number of examples per step.</param>
/// <param name="Steps">The number of steps per slice.</param>
internal sealed record TrainingModel(string Name, int BatchSize, int Steps)
{
    public bool IsConvolutional { get; init; }

    public IReadOnlyList<int> Hidden { get; init; } = [400];

    public int Latent { get; init; } = 20;

    /// <summary>The number of labels to condition on; 0 for none.</summary>
    public int Labels { get; init; }

    public string Prior { get; init; } = "standard";

    /// <summary>The activation between layers: relu or tanh.</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>The number of samples of z in the importance-weighted bound; 0 for the ELBO with one sample.</summary>
    public int ImportanceSamples { get; init; }

    /// <summary>The number of threads; 0 for one per core.</summary>
    public int Threads { get; init; }

    public int Examples => BatchSize * Steps;

    /// <summary>The standard 784-400-20 perceptron.</summary>
    public static TrainingModel Perceptron(int batchSize, int steps) => new($"VAE 784-400-20, batch {batchSize}", batchSize, steps);

    /// <summary>The preset cvae: 400 and 200 hidden units, eight latent dimensions, ten labels.</summary>
    public static TrainingModel Conditional(string prior, int steps) => new($"CVAE 784-400-200-8, prior {prior}, batch 128", 128, steps)
    {
        Hidden = [400, 200],
        Latent = 8,
        Labels = 10,
        Prior = prior,
    };

    public static TrainingModel Convolutional(int steps) =>
        new("convolutional VAE 32-64-400-20, batch 128", 128, steps) { IsConvolutional = true };

    /// <summary>
    /// The network of the paper that introduced importance-weighted autoencoders: two hidden layers of 200 with tanh, 50 latent dimensions.
    /// </summary>
    public static TrainingModel ImportanceWeighted(int batchSize, int samples, int steps) =>
        new($"IWAE 784-200-200-50 tanh, k = {samples}, batch {batchSize}", batchSize, steps)
        {
            Hidden = [200, 200],
            Latent = 50,
            Activation = "tanh",
            ImportanceSamples = samples,
        };

    public LatentVariableModel Create(ValueShape shape) => LatentVariableModel.Create(
        new ModelOptions
        {
            Shape = shape,
            LatentSize = Latent,
            Prior = Prior,
            Condition = Labels == 0 ? null : Condition.Label(Labels),
            Network = new NetworkOptions { Kind = IsConvolutional ? "conv" : "mlp", Hidden = Hidden, Activation = Activation },
        },
        seed: 1,
        ImportanceSamples == 0 ? null : new ObjectiveOptions { Kind = "iwae", Samples = ImportanceSamples });

    /// <summary>Returns the matrix products of a step, in order.</summary>
    /// <param name="pixels">The number of values per image.</param>
    /// <param name="backward">Whether to include the products of the backward pass.</param>
    public IReadOnlyList<MatrixProduct> Products(int pixels, bool backward)
    {
        int[] encoder = [pixels + Labels, .. Hidden, 2 * Latent];
        int[] decoder = [Latent + Labels, .. Hidden.Reverse(), pixels];
        int[] prior = Prior switch
        {
            "standard" => [],
            "mean" => [Labels, Latent],
            _ => [Labels, 2 * Latent],
        };
        var layers = Layers("encoder", encoder, BatchSize, isFirst: true)
            .Concat(Layers("prior", prior, BatchSize, isFirst: true))
            .Concat(Layers("decoder", decoder, BatchSize * Math.Max(1, ImportanceSamples), isFirst: false))
            .ToList();
        var forward = layers.Select(layer => new MatrixProduct($"{layer.Name} forward", layer.Rows, layer.Inputs, layer.Outputs));
        if (!backward)
            return [.. forward];
        var gradients = layers.AsEnumerable().Reverse().SelectMany(layer =>
        {
            var weights = new MatrixProduct($"{layer.Name} gradient of weights", layer.Outputs, layer.Rows, layer.Inputs);
            var inputs = new MatrixProduct($"{layer.Name} gradient of inputs", layer.Rows, layer.Outputs, layer.Inputs);
            return layer.PropagatesGradient ? new[] { weights, inputs } : [weights];
        });
        return [.. forward, .. gradients];
    }

    private static IEnumerable<(string Name, int Rows, int Inputs, int Outputs, bool PropagatesGradient)> Layers(
        string network, int[] sizes, int rows, bool isFirst) =>
        Enumerable.Range(0, Math.Max(0, sizes.Length - 1))
            .Select(i => ($"{network} {sizes[i]}-{sizes[i + 1]}", rows, sizes[i], sizes[i + 1], i > 0 || !isFirst));
}
