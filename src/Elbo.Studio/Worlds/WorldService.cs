namespace Elbo.Studio;

/// <summary>One of the worlds that are told apart by the weights of the two terms.</summary>
/// <param name="Model">The id of its model, of the family <see cref="ModelFamily.Weights"/>.</param>
/// <param name="Samples">How many images are drawn, at most 144.</param>
/// <param name="Seed">The seed of their noise: the same in every world.</param>
internal sealed record WorldRequest(string Model, int Samples = 36, ulong Seed = 0);

/// <summary>What is seen of a world.</summary>
/// <param name="Model">Its model, with the two weights and the terms on the test images.</param>
/// <param name="Codes">q(z|x) of the shown test images.</param>
/// <param name="Samples">Images whose codes are drawn from the unit Gaussian.</param>
/// <param name="SampleCodes">Those codes, in the same order.</param>
internal sealed record World(
    BundledModel Model, IReadOnlyList<PlaneCode> Codes, Images Samples, IReadOnlyList<(double X, double Y)> SampleCodes);

/// <summary>What each term does: models that differ in the weights of the two terms and in nothing else.</summary>
internal sealed class WorldService(BundledModels models, PlaneCodes codes)
{
    private const int MaxSamples = 144;
    private readonly Dictionary<WorldRequest, World> _worlds = [];
    private readonly Dictionary<WorldRequest, WorldView> _views = [];
    private readonly Dictionary<string, CodePlane> _planes = new(StringComparer.Ordinal);

    /// <summary>The stops of the slider: reconstruction only, the KL weights from the smallest, KL only.</summary>
    public IReadOnlyList<BundledModel> Stops { get; } = models.OfFamily(ModelFamily.Weights);

    /// <summary>The largest reconstruction term of the models that were trained to reconstruct.</summary>
    public double MaxReconstruction { get; } =
        models.OfFamily(ModelFamily.Weights).Where(model => model.ReconstructionWeight > 0).Max(model => model.Figures.Reconstruction);

    /// <summary>The largest KL.</summary>
    public double MaxKl { get; } = models.OfFamily(ModelFamily.Weights).Max(model => model.Figures.Kl ?? 0);

    /// <summary>The requests that are computed in advance at startup: first the models shown initially, then the other stops of the slider.</summary>
    public IEnumerable<WorldRequest> Prewarmed =>
        Stops.OrderByDescending(stop => stop.KlWeight is 0 or double.PositiveInfinity or 1).Select(stop => new WorldRequest(stop.Id));

    /// <summary>Shows a world ready to be laid out: what a slider comes back to again and again is drawn once.</summary>
    /// <exception cref="ConfigurationException">There is no such model.</exception>
    public WorldView View(WorldRequest request)
    {
        if (_views.TryGetValue(request, out var known))
            return known;
        var world = Show(request);
        if (!_planes.TryGetValue(request.Model, out var plane))
            _planes.Add(request.Model, plane = CodePlane.Of(world.Codes));
        var inside = plane.Inside + PlanePicture.Crosses(plane.Frame, world.SampleCodes);
        var view = new WorldView(world.Model, plane.Frame, inside, world.Codes.Count, PictureAddress.Of(world.Samples, columns: 6, scale: 2));
        if (request.Seed == 0)
            _views.Add(request, view);
        return view;
    }

    /// <summary>Shows a world.</summary>
    /// <exception cref="ConfigurationException">There is no such model.</exception>
    public World Show(WorldRequest request)
    {
        if (_worlds.TryGetValue(request, out var known))
            return known;
        var shown = RequestGuard.Plane(models.Find(request.Model));
        var model = models.Load(request.Model);
        var noise = model.Epsilon(RequestGuard.Count(request.Samples, MaxSamples), request.Seed);
        var world = new World(
            shown,
            codes.Of(request.Model),
            model.Decode(new LatentCodes(2, noise)),
            [.. Enumerable.Range(0, request.Samples).Select(i => ((double)noise[2 * i], (double)noise[2 * i + 1]))]);
        // What was drawn with other noise is drawn again faster than it would be kept.
        if (request.Seed == 0)
            _worlds.Add(request, world);
        return world;
    }

    /// <summary>What one point of the plane is decoded to: a hole, for example, between the codes of an autoencoder.</summary>
    /// <exception cref="ConfigurationException">There is no such model, or it needs a label.</exception>
    public Images Decode(string model, double x, double y, int? label = null)
    {
        var shown = RequestGuard.Plane(models.Find(model));
        return models.Load(model).Decode(new LatentCodes(2, [(float)x, (float)y]), RequestGuard.Labels(shown, label, 1));
    }
}
