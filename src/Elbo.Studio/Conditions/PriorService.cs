namespace Elbo.Studio;

/// <summary>The prior of each label in the latent plane of one model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Ellipses">The prior of label 0, 1, ...: for the standard prior the unit circle for every label.</param>
internal sealed record LabelPriors(BundledModel Model, IReadOnlyList<PriorEllipse> Ellipses);

/// <summary>N(mu(c), diag sigma²(c)) of one label.</summary>
/// <param name="Label">The label.</param>
/// <param name="X">mu of the first dimension.</param>
/// <param name="Y">mu of the second.</param>
/// <param name="DeviationX">sigma of the first.</param>
/// <param name="DeviationY">sigma of the second.</param>
internal readonly record struct PriorEllipse(int Label, double X, double Y, double DeviationX, double DeviationY);

/// <summary>A request for samples from the prior of a label.</summary>
/// <param name="Model">The id of a model of the family <see cref="ModelFamily.LabelPriors"/>.</param>
/// <param name="Label">The label.</param>
/// <param name="Count">The number of samples, 256 at maximum.</param>
/// <param name="Seed">The seed of the noise: with the same seed the samples of another label are the same ones, shifted.</param>
internal sealed record PriorSampleRequest(string Model, int Label, int Count = 64, ulong Seed = 0);

/// <summary>Samples from the prior of a label.</summary>
/// <param name="Prior">The prior.</param>
/// <param name="Codes">The codes z = mu(c) + sigma(c) * epsilon.</param>
/// <param name="Images">The decoded codes.</param>
internal sealed record PriorSamples(PriorEllipse Prior, IReadOnlyList<(double X, double Y)> Codes, ExampleValues Images);

/// <summary>The conditional priors p(z|c) of the labels, and samples from them.</summary>
internal sealed class PriorService(BundledModels models)
{
    private const int MaxSamples = 256;

    /// <summary>The priors of all six models; no weights are loaded for this.</summary>
    public IReadOnlyList<LabelPriors> All { get; } =
        [.. models.OfFamily(ModelFamily.LabelPriors).Select(model => new LabelPriors(model, Ellipses(model)))];

    /// <summary>Samples from the prior of a label and decodes the codes.</summary>
    /// <exception cref="SettingsException">The model or the label does not exist.</exception>
    public PriorSamples Draw(PriorSampleRequest request)
    {
        var count = RequestGuard.Count(request.Count, MaxSamples);
        var priors = All.FirstOrDefault(each => each.Model.Id == request.Model)
            ?? throw new SettingsException($"The studio has no bundled model '{request.Model}' with a latent plane and labels.");
        var model = models.Load(request.Model);
        var labels = RequestGuard.Labels(priors.Model, request.Label, count);
        if (request.Label < 0 || request.Label >= priors.Ellipses.Count)
        {
            throw new SettingsException(
                $"The label {request.Label} does not exist: choose one between 0 and {priors.Ellipses.Count - 1}.");
        }

        var prior = priors.Ellipses[request.Label];
        var noise = model.Epsilon(count, request.Seed);
        (double X, double Y)[] codes =
        [
            .. Enumerable.Range(0, count).Select(i =>
                (prior.X + prior.DeviationX * noise[2 * i], prior.Y + prior.DeviationY * noise[2 * i + 1])),
        ];
        var images = model.Decode(new LatentCodes(2, [.. codes.SelectMany(code => (float[])[(float)code.X, (float)code.Y])]), labels);
        return new PriorSamples(prior, codes, images);
    }

    private static PriorEllipse[] Ellipses(BundledModel model) =>
    [
        .. model.Figures.PriorOfLabels!.Select((prior, label) =>
            new PriorEllipse(label, prior.Mean[0], prior.Mean[1], prior.Deviation[0], prior.Deviation[1])),
    ];
}
