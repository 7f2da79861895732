using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>A page of images from the prior.</summary>
/// <param name="Model">The id of the model.</param>
/// <param name="Count">How many images, at most 256.</param>
/// <param name="Seed">The seed of their noise.</param>
/// <param name="Label">The label asked for, of a model that is conditioned on it; else null.</param>
internal sealed record PageRequest(string Model, int Count = 64, ulong Seed = 0, int? Label = null);

/// <summary>A grid of label by style.</summary>
/// <param name="Model">The id of a model that is conditioned on labels.</param>
/// <param name="Styles">How many columns, at most 20: the images of one share their noise, and so their style.</param>
/// <param name="Seed">The seed of the noise.</param>
internal sealed record LabelGridRequest(string Model, int Styles = 10, ulong Seed = 0);

/// <summary>The atlas of a plane: what is decoded where.</summary>
/// <param name="Model">The id of a model whose codes lie in a plane.</param>
/// <param name="Side">How many images the grid has to a side, at most 30.</param>
/// <param name="Label">The label, of a model that is conditioned on it; else null.</param>
internal sealed record AtlasRequest(string Model, int Side = 20, int? Label = null);

/// <summary>The atlas of a plane.</summary>
/// <param name="Images">The images from the top left, row by row.</param>
/// <param name="Coordinates">
/// The coordinates of the columns, from the left, and of the rows, from the bottom: quantiles of the unit Gaussian, so that each image stands for
/// as much of the prior as any other.
/// </param>
internal sealed record Atlas(Images Images, IReadOnlyList<double> Coordinates);

/// <summary>Generates: pages, an atlas, and grids of label by style.</summary>
internal sealed class GenerationService(BundledModels models)
{
    private const int MaxImages = 256;
    private const int MaxStyles = 20;
    private const int MaxSide = 30;

    private readonly Dictionary<AtlasRequest, Atlas> _atlases = [];

    /// <summary>Draws a page of images.</summary>
    /// <exception cref="ConfigurationException">There is no such model, or the label does not fit it.</exception>
    public Images Page(PageRequest request)
    {
        var count = RequestGuard.Count(request.Count, MaxImages);
        _ = RequestGuard.Labels(models.Find(request.Model), request.Label, count);
        return models.Load(request.Model).Sample(count, request.Label, request.Seed);
    }

    /// <summary>Draws every label in every style: the images of a row share their label, those of a column their style.</summary>
    /// <returns>The images row by row, label 0 first.</returns>
    /// <exception cref="ConfigurationException">There is no such model, or it is not conditioned on labels.</exception>
    public Images LabelGrid(LabelGridRequest request) => models.Find(request.Model).HasLabel
        ? models.Load(request.Model).Sample(RequestGuard.Count(request.Styles, MaxStyles), label: null, request.Seed)
        : throw new ConfigurationException($"The model '{request.Model}' is not conditioned on labels: choose one that is.");

    /// <summary>Draws the atlas of a plane.</summary>
    /// <exception cref="ConfigurationException">There is no such model, its codes do not lie in a plane, or the label does not fit it.</exception>
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

    /// <summary>The middles of so many equal parts of the unit Gaussian.</summary>
    private static double[] Quantiles(int count)
    {
        using var scope = NewDisposeScope();
        var shares = arange(Number(0.5), Number(count), One, float64) / Number(count);
        return (special.erfinv(shares * Number(2) - One) * Number(Math.Sqrt(2))).ToDoubles();
    }
}
