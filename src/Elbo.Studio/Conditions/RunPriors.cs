using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>
/// The priors p(z|c) of the model of a run, in the two latent dimensions in which their means differ most from condition to condition.
/// </summary>
/// <param name="Dimensions">The two dimensions, counted from 0; both the same where there is one.</param>
/// <param name="Of">The prior of each label with the rest of the condition as chosen; empty for a model without labels.</param>
/// <param name="Chosen">The prior of the chosen condition; its label is -1 for a model without labels.</param>
/// <param name="Spread">
/// The deviation of the prior's mean over the conditions of the shown examples, in each of the two dimensions; 0 where the prior does not
/// depend on the condition.
/// </param>
internal sealed record RunPriors(
    (int First, int Second) Dimensions, IReadOnlyList<PriorEllipse> Of, PriorEllipse Chosen, (double First, double Second) Spread)
{
    private const int MaxLabels = 40;

    /// <summary>Computes the priors of a model; null where the prior is no single Gaussian. On the compute thread only.</summary>
    public static RunPriors? Compute(OpenModel opened, ChosenCondition condition)
    {
        if (opened.Weights.Prior is not GaussianPrior prior)
            return null;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var all = At(prior, opened, opened.Shown.Examples);
        var size = opened.LatentSize;
        double[] spread = [.. Enumerable.Range(0, size).Select(dimension => DeviationOf(all.Mean, dimension, size))];
        // Ties, such as those of a prior that does not depend on the condition, are broken by the KL.
        int[] order = [.. opened.Latents.Order.OrderByDescending(dimension => Math.Round(spread[dimension], 6))];
        var (first, second) = (order[0], order[Math.Min(1, order.Length - 1)]);
        IReadOnlyList<PriorEllipse> ofLabels = opened.Labels is { } labels
            ? [.. labels.Labels.Take(MaxLabels).Select(label => Ellipse(label, condition with { Label = label }))]
            : [];
        return new RunPriors((first, second), ofLabels, Ellipse(condition.Label ?? -1, condition), (spread[first], spread[second]));

        PriorEllipse Ellipse(int label, ChosenCondition chosen)
        {
            var (mean, deviation) = At(prior, opened, chosen.ToExample(opened)!);
            return new PriorEllipse(label, mean[first], mean[second], deviation[first], deviation[second]);
        }
    }

    /// <summary>The codes of samples of the chosen condition in the plane of the two dimensions.</summary>
    public (double X, double Y)[] CodesOf(OpenModel opened, int count, int seed)
    {
        var (noise, size, prior) = (opened.Weights.Epsilon(count, (ulong)seed), opened.LatentSize, Chosen);
        return
        [
            .. Enumerable.Range(0, count).Select(row => (
                prior.X + prior.DeviationX * noise[row * size + Dimensions.First],
                prior.Y + prior.DeviationY * noise[row * size + Dimensions.Second])),
        ];
    }

    private static (double[] Mean, double[] Deviation) At(GaussianPrior prior, OpenModel opened, ExampleSet examples)
    {
        using var scope = NewDisposeScope();
        var model = opened.Weights;
        var features = tensor(model.FeaturesOf(examples), [examples.Count, model.Condition!.FeatureCount]);
        var gaussian = prior.At(features);
        // One that does not depend on the condition has one row.
        var shape = new long[] { examples.Count, opened.LatentSize };
        return (gaussian.Mean.expand(shape).ToDoubles(), gaussian.Variance.sqrt().expand(shape).ToDoubles());
    }

    private static double DeviationOf(double[] means, int dimension, int size)
    {
        double[] column = [.. Enumerable.Range(0, means.Length / size).Select(row => means[row * size + dimension])];
        var mean = column.Average();
        return Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
    }
}
