namespace Elbo.Studio;

/// <summary>A request for one world, i.e. a model trained with certain weights of the two terms.</summary>
/// <param name="Model">The id of a model of the family <see cref="ModelFamily.Weights"/>.</param>
/// <param name="Samples">The number of samples, 144 at maximum.</param>
/// <param name="Seed">The seed of the sampling noise, the same for all worlds.</param>
internal sealed record WorldRequest(string Model, int Samples = 36, ulong Seed = 0);

/// <summary>The data of one world.</summary>
/// <param name="Model">The model, with the weights of the two terms and their values on the test images.</param>
/// <param name="Codes">q(z|x) of the shown test images.</param>
/// <param name="Samples">Images decoded from codes that were sampled from the unit Gaussian.</param>
/// <param name="SampleCodes">The codes of the samples, in the same order.</param>
internal sealed record World(
    BundledModel Model, IReadOnlyList<PlaneCode> Codes, ExampleValues Samples, IReadOnlyList<(double X, double Y)> SampleCodes);

/// <summary>Shows what each term does, with models that differ only in the weights of the two terms.</summary>
internal sealed class WorldService(BundledModels models, PlaneCodes codes)
{
    private const int MaxSamples = 144;
    private readonly Dictionary<WorldRequest, World> _worlds = [];
    private readonly Dictionary<WorldRequest, WorldView> _views = [];
    private readonly Dictionary<string, CodePlane> _planes = new(StringComparer.Ordinal);

    /// <summary>The stops of the slider: reconstruction only, then the KL weights in ascending order, then KL only.</summary>
    public IReadOnlyList<BundledModel> Stops { get; } = models.OfFamily(ModelFamily.Weights);

    /// <summary>The largest reconstruction term among the models that were trained with it.</summary>
    public double MaxReconstruction { get; } =
        models.OfFamily(ModelFamily.Weights).Where(model => model.ReconstructionWeight > 0).Max(model => model.Figures.Reconstruction);

    /// <summary>The largest KL term.</summary>
    public double MaxKl { get; } = models.OfFamily(ModelFamily.Weights).Max(model => model.Figures.Kl ?? 0);

    /// <summary>
    /// The requests that are computed in advance at startup: first the models shown initially, then the other stops of the slider.
    /// </summary>
    public IEnumerable<WorldRequest> Prewarmed =>
        Stops.OrderByDescending(stop => stop.KlWeight is 0 or double.PositiveInfinity or 1).Select(stop => new WorldRequest(stop.Id));

    /// <summary>Computes a world in displayable form. Results are cached, because a slider returns to the same stops.</summary>
    /// <exception cref="SettingsException">The model does not exist.</exception>
    public WorldView ComputeView(WorldRequest request)
    {
        if (_views.TryGetValue(request, out var known))
            return known;
        var world = Compute(request);
        if (!_planes.TryGetValue(request.Model, out var plane))
            _planes.Add(request.Model, plane = CodePlane.Of(world.Codes));
        var inside = plane.Content + PlaneSvg.Crosses(plane.Frame, world.SampleCodes);
        var view = new WorldView(world.Model, plane.Frame, inside, world.Codes.Count, ImageDataUrl.Of(world.Samples, columns: 6, scale: 2));
        if (request.Seed == 0)
            _views.Add(request, view);
        return view;
    }

    /// <summary>Computes a world.</summary>
    /// <exception cref="SettingsException">The model does not exist.</exception>
    public World Compute(WorldRequest request)
    {
        if (_worlds.TryGetValue(request, out var known))
            return known;
        var shown = RequestGuard.Plane(models.Find(request.Model));
        var model = models.Load(request.Model);
        var noise = model.Epsilon(RequestGuard.Count(request.Samples, MaxSamples), request.Seed);
        var world = new World(
            shown,
            codes.For(request.Model),
            model.Decode(new LatentCodes(2, noise)),
            [.. Enumerable.Range(0, request.Samples).Select(i => ((double)noise[2 * i], (double)noise[2 * i + 1]))]);
        // Samples with other seeds are not cached: recomputing them is cheap, and the cache would grow without limit.
        if (request.Seed == 0)
            _worlds.Add(request, world);
        return world;
    }

    /// <summary>Decodes one point of the latent plane, for example a gap between the codes of an autoencoder.</summary>
    /// <exception cref="SettingsException">The model does not exist, or it needs a label.</exception>
    public ExampleValues Decode(string model, double x, double y, int? label = null)
    {
        var shown = RequestGuard.Plane(models.Find(model));
        return models.Load(model).Decode(new LatentCodes(2, [(float)x, (float)y]), RequestGuard.Labels(shown, label, 1));
    }
}
