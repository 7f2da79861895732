using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>A request for images sampled from the prior.</summary>
/// <param name="Model">The id of the model.</param>
/// <param name="Count">The number of images, 256 at maximum.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
/// <param name="Label">The label, for a model that is conditioned on it; else null.</param>
internal sealed record PageRequest(string Model, int Count = 64, ulong Seed = 0, int? Label = null);

/// <summary>A request for a grid with a row per label and a column per style.</summary>
/// <param name="Model">The id of a model that is conditioned on labels.</param>
/// <param name="Styles">The number of columns, 20 at maximum: the images of a column share their noise and therefore their style.</param>
/// <param name="Seed">The seed of the noise.</param>
internal sealed record LabelGridRequest(string Model, int Styles = 10, ulong Seed = 0);

/// <summary>A request for an atlas of the latent plane: decoded images of a regular grid of codes.</summary>
/// <param name="Model">The id of a model with two latent dimensions.</param>
/// <param name="Side">The number of images per side of the grid, 30 at maximum.</param>
/// <param name="Label">The label, for a model that is conditioned on it; else null.</param>
internal sealed record AtlasRequest(string Model, int Side = 20, int? Label = null);

/// <summary>The atlas of a latent plane.</summary>
/// <param name="Images">The images from the top left, row by row.</param>
/// <param name="Coordinates">
/// The coordinates of the columns, from the left, and of the rows, from the bottom: quantiles of the unit Gaussian, so that every image
/// represents the same share of the prior's probability.
/// </param>
internal sealed record Atlas(ExampleValues Images, IReadOnlyList<double> Coordinates);

/// <summary>Generates images: samples from the prior, an atlas of the latent plane, and a grid of labels and styles.</summary>
internal sealed class GenerationService(BundledModels models)
{
    private const int MaxImages = 256;
    private const int MaxStyles = 20;
    private const int MaxSide = 30;

    private readonly Dictionary<AtlasRequest, Atlas> _atlases = [];

    /// <summary>Samples images from the prior.</summary>
    /// <exception cref="SettingsException">The model does not exist, or the label does not fit it.</exception>
    public ExampleValues Page(PageRequest request)
    {
        var count = RequestGuard.Count(request.Count, MaxImages);
        _ = RequestGuard.Labels(models.Find(request.Model), request.Label, count);
        return models.Load(request.Model).Sample(count, request.Label, request.Seed);
    }

    /// <summary>Generates every label in every style: the images of a row share the label, those of a column the noise.</summary>
    /// <returns>The images row by row, label 0 first.</returns>
    /// <exception cref="SettingsException">The model does not exist, or it is not conditioned on labels.</exception>
    public ExampleValues LabelGrid(LabelGridRequest request) => models.Find(request.Model).HasLabel
        ? models.Load(request.Model).Sample(RequestGuard.Count(request.Styles, MaxStyles), label: null, request.Seed)
        : throw new SettingsException($"The model '{request.Model}' is not conditioned on labels: choose one that is.");

    /// <summary>Decodes the atlas of a latent plane.</summary>
    /// <exception cref="SettingsException">
    /// The model does not exist, does not have two latent dimensions, or the label does not fit it.
    /// </exception>
    public Atlas Draw(AtlasRequest request)
    {
        if (_atlases.TryGetValue(request, out var known))
            return known;
        var side = RequestGuard.Count(request.Side, MaxSide);
        var model = RequestGuard.Plane(models.Find(request.Model));
        var coordinates = Quantiles(side);
        var codes = new float[side * side * 2];
        for (var i = 0; i < side * side; i++)
            (codes[2 * i], codes[2 * i + 1]) = ((float)coordinates[i % side], (float)coordinates[side - 1 - i / side]);
        var images = models.Load(request.Model).Decode(new LatentCodes(2, codes), RequestGuard.Labels(model, request.Label, side * side));
        return _atlases[request] = new Atlas(images, coordinates);
    }

    /// <summary>The quantiles at the midpoints of equal shares of the unit Gaussian's probability.</summary>
    private static double[] Quantiles(int count)
    {
        using var scope = NewDisposeScope();
        var shares = arange(Number(0.5), Number(count), One, float64) / Number(count);
        return (special.erfinv(shares * Number(2) - One) * Number(Math.Sqrt(2))).ToDoubles();
    }
}
