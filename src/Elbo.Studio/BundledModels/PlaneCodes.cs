using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>The codes of images in the latent plane of a model.</summary>
internal static class PlaneCodes
{
    /// <summary>Encodes images, with their labels if the model is conditioned on labels.</summary>
    /// <param name="model">A model with two latent dimensions.</param>
    /// <param name="batch">The images.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="indices">Their indices in the split.</param>
    public static PlaneCode[] Encode(LatentVariableModel model, Batch batch, ReadOnlyMemory<int> labels, IReadOnlyList<int> indices)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var posterior = model.Encode(batch.Values, batch.Features);
        var mean = posterior.Mean.ToDoubles();
        var deviation = posterior is DiagonalGaussian { LogVariance: { } logVariance }
            ? (logVariance * Number(0.5)).exp().ToDoubles()
            : null;
        var codes = new PlaneCode[indices.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = new PlaneCode(
                indices[i], labels.Span[i], mean[2 * i], mean[2 * i + 1], deviation?[2 * i] ?? 0, deviation?[2 * i + 1] ?? 0);
        }

        return codes;
    }
}
