using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>q(z|x,c) of one image in the plane.</summary>
/// <param name="Picture">Where the image is in its split.</param>
/// <param name="Label">The digit that it shows.</param>
/// <param name="X">mu of the first dimension.</param>
/// <param name="Y">mu of the second.</param>
/// <param name="DeviationX">sigma of the first; 0 for an autoencoder, whose codes are points.</param>
/// <param name="DeviationY">sigma of the second.</param>
internal readonly record struct PlaneCode(int Picture, int Label, double X, double Y, double DeviationX, double DeviationY)
{
    /// <summary>Encodes images, each with its own label where the model is conditioned on that.</summary>
    /// <param name="model">A model with two latent dimensions.</param>
    /// <param name="batch">The images.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="pictures">Where they are in their split.</param>
    public static PlaneCode[] Of(LatentVariableModel model, Batch batch, ReadOnlyMemory<byte> labels, IReadOnlyList<int> pictures)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var posterior = model.Encode(batch.Pixels, model.Condition?.Features(batch));
        var mean = posterior.Mean.ToDoubles();
        var deviation = posterior is DiagonalGaussian { LogVariance: { } logVariance } ? (logVariance * Number(0.5)).exp().ToDoubles() : null;
        var codes = new PlaneCode[pictures.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = new PlaneCode(
                pictures[i], labels.Span[i], mean[2 * i], mean[2 * i + 1], deviation?[2 * i] ?? 0, deviation?[2 * i + 1] ?? 0);
        }

        return codes;
    }
}

/// <summary>The codes of the shown test images in the plane of each model, kept once they were computed.</summary>
internal sealed class PlaneCodes(BundledModels models, MnistPictures pictures)
{
    private readonly Dictionary<string, PlaneCode[]> _codes = new(StringComparer.Ordinal);

    /// <summary>The codes by one model.</summary>
    /// <exception cref="ConfigurationException">There is no such model, or its codes do not lie in a plane.</exception>
    public IReadOnlyList<PlaneCode> Of(string model)
    {
        if (_codes.TryGetValue(model, out var known))
            return known;
        RequestGuard.Plane(models.Find(model));
        using var resident = new TensorDataset(pictures.Shown, Binarization.None, 0, RandomPurpose.EvaluationBinarization, CPU);
        using var scope = NewDisposeScope();
        var batch = resident.Slice(0, resident.Count);
        return _codes[model] = PlaneCode.Of(models.Load(model), batch, pictures.Shown.Labels, pictures.ShownIndices);
    }
}
