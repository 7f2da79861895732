using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>A code drawn from the prior of a model at a condition. On the compute thread only.</summary>
internal static class SampledCode
{
    public static double[] Of(OpenModel opened, ChosenCondition condition, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (model, features) = (opened.Weights, Generator.FeaturesOf(opened, condition));
        var given = features is null ? null : tensor(features, [1, features.Length]);
        var noise = tensor(model.Epsilon(1, seed), [1, opened.LatentSize]);
        // A prior without a condition has one row, or is the same for all rows.
        return model.Prior.At(given).Sample(noise).ToDoubles();
    }
}
