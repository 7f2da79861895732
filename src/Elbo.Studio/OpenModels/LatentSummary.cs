using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>What the latent dimensions of a model carry, measured on the shown examples.</summary>
/// <param name="Terms">The mean terms of the shown examples, in nats, with their standard error.</param>
/// <param name="Kl">The mean KL of each dimension, in nats; null for an autoencoder and where it has no parts.</param>
/// <param name="Means">The posterior mean of each example, row by row, <c>[examples, latent]</c>.</param>
/// <param name="Deviations">The posterior deviation of each; empty for an autoencoder, whose codes are points.</param>
/// <param name="Labels">The label of each example; empty where there are none.</param>
/// <param name="Order">The dimensions, counted from 0, by falling KL, or where there is none by the variance of the means.</param>
internal sealed record LatentSummary(
    SplitTerms Terms,
    IReadOnlyList<double>? Kl,
    LatentCodes Means,
    double[] Deviations,
    IReadOnlyList<int> Labels,
    IReadOnlyList<int> Order)
{
    private readonly HashSet<int> _inactive = [.. Terms.InactiveDimensions.Select(dimension => dimension - 1)];

    /// <summary>Whether a dimension, counted from 0, carries information about the examples.</summary>
    public bool IsActive(int dimension) => !_inactive.Contains(dimension);

    /// <summary>Measures a model. On the compute thread only.</summary>
    public static LatentSummary Of(OpenModel opened)
    {
        var (model, examples) = (opened.Weights, opened.Shown.Examples);
        var terms = SplitEvaluation.Evaluate(model, examples, seed: opened.Configuration.Training.Seed);
        var (means, deviations) = PosteriorsOf(opened, examples);
        var kl = terms.KlPerDimension;
        var weight = kl ?? Variances(means);
        int[] order = [.. Enumerable.Range(0, means.Size).OrderByDescending(dimension => weight[dimension])];
        return new LatentSummary(terms, kl, means, deviations, examples.Labels.ToArray(), order);
    }

    private static (LatentCodes Means, double[] Deviations) PosteriorsOf(OpenModel opened, ExampleSet examples)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var model = opened.Weights;
        var reader = model.Reader(examples, seed: opened.Configuration.Training.Seed);
        var batch = reader.Slice(0, reader.Count);
        var posterior = model.Encode(batch.Values, batch.Features);
        var deviations = opened.IsAutoencoder ? [] : posterior.Variance.sqrt().ToDoubles();
        return (new LatentCodes(model.LatentSize, [.. posterior.Mean.ToDoubles().Select(value => (float)value)]), deviations);
    }

    private static double[] Variances(LatentCodes codes)
    {
        var values = codes.Values.ToArray();
        return
        [
            .. Enumerable.Range(0, codes.Size).Select(dimension =>
            {
                double[] column = [.. Enumerable.Range(0, codes.Count).Select(row => (double)values[row * codes.Size + dimension])];
                var mean = column.Average();
                return column.Average(value => (value - mean) * (value - mean));
            }),
        ];
    }
}
