using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>A request for the terms of the evidence lower bound of one image.</summary>
/// <param name="Model">The id of the model.</param>
/// <param name="Image">The image.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
/// <param name="Label">The label, for a model that is conditioned on it; null to use the label of the test image.</param>
internal sealed record LedgerRequest(string Model, ImageChoice Image, ulong Seed = 0, int? Label = null);

/// <summary>The evidence lower bound of one image with the contributions of pixels and latent dimensions, in nats.</summary>
internal sealed record ElboBreakdown
{
    /// <summary>The image.</summary>
    public required ExampleValues Image { get; init; }

    /// <summary>The image decoded from the sampled code.</summary>
    public required ExampleValues Decoded { get; init; }

    /// <summary>-log p of each pixel, row by row.</summary>
    public required IReadOnlyList<double> ReconstructionPerPixel { get; init; }

    /// <summary>-log p(x|z): the sum over all pixels.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>The breakdown of each latent dimension.</summary>
    public required IReadOnlyList<DimensionBreakdown> Dimensions { get; init; }

    /// <summary>KL(q(z|x) || p(z)): the sum over the latent dimensions; null for an autoencoder.</summary>
    public required double? Kl { get; init; }

    /// <summary>-ELBO, the sum of both terms; null for an autoencoder.</summary>
    public double? NegativeElbo => Reconstruction + Kl;
}

/// <summary>One latent dimension of the code of an image.</summary>
/// <param name="Mean">mu of q(z|x).</param>
/// <param name="Deviation">Its sigma; null for an autoencoder.</param>
/// <param name="Epsilon">The sampling noise; null for an autoencoder, whose code is deterministic.</param>
/// <param name="Code">z = mu + sigma * epsilon.</param>
/// <param name="PriorMean">mu of p(z).</param>
/// <param name="PriorDeviation">Its sigma.</param>
/// <param name="Kl">The KL of this dimension in nats; null for an autoencoder.</param>
/// <param name="IsDead">Whether the dimension is inactive: it carries no information about any of the test images.</param>
internal sealed record DimensionBreakdown(
    double Mean, double? Deviation, double? Epsilon, double Code, double PriorMean, double PriorDeviation, double? Kl, bool IsDead);

/// <summary>
/// Computes the evidence lower bound of single images: encode, sample, decode, and the contribution of each pixel and each latent
/// dimension.
/// </summary>
internal sealed class LedgerService(BundledModels models, MnistImages images)
{
    /// <summary>Computes the terms of one image.</summary>
    /// <exception cref="SettingsException">
    /// The model or the image does not exist, the model needs a label, or it is conditioned on part of the image.
    /// </exception>
    public ElboBreakdown Compute(LedgerRequest request)
    {
        var shown = models.Find(request.Model);
        if (shown.VisibleRegion is not null)
            throw new SettingsException($"The model '{shown.Id}' completes images: it cannot be used in the ledger.");
        var model = models.Load(request.Model);
        var image = images.Take(request.Image);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        // Without the model's condition: a drawing has no label, and is shown with one that is chosen.
        var pixels = tensor(image.ToValues(0)[0].ToArray(), [1, image.Shape.Size]);
        var batch = new Batch(pixels) { Indices = image.Indices[..1] };
        var features = FeaturesOf(shown, model, request.Label ?? (image.HasLabels ? image.Labels.Span[0] : null));
        var posterior = model.Encode(pixels, features);
        var epsilon = model.EvaluationNoise(batch, samples: 1, request.Seed)[0];
        var z = posterior.Sample(epsilon);
        var output = model.Decode(z, features);
        var perPixel = (-model.Likelihood.LogDensityPerValue(output, pixels)).ToDoubles();
        var dimensions = Dimensions(shown, posterior, ((GaussianPrior)model.Prior).At(features), epsilon, z);
        return new ElboBreakdown
        {
            Image = pixels.ToImages(model.Shape),
            Decoded = model.Likelihood.Mean(output).ToImages(model.Shape),
            ReconstructionPerPixel = perPixel,
            Reconstruction = perPixel.Sum(),
            Dimensions = dimensions,
            Kl = model.HasKullbackLeibler ? dimensions.Sum(dimension => dimension.Kl) : null,
        };
    }

    private static Tensor? FeaturesOf(BundledModel shown, LatentVariableModel model, int? label) =>
        model.Condition is LabelCondition condition
            ? tensor(condition.FeaturesOf([.. RequestGuard.Labels(shown, label, 1)!]), [1, condition.Count])
            : null;

    private static DimensionBreakdown[] Dimensions(
        BundledModel shown, LatentDistribution posterior, DiagonalGaussian prior, Tensor epsilon, Tensor z)
    {
        var (mean, noise, code) = (posterior.Mean.ToDoubles(), epsilon.ToDoubles(), z.ToDoubles());
        var priorMean = prior.Mean.expand_as(z).ToDoubles();
        var priorDeviation = DeviationOf(prior, z)!;
        var gaussian = posterior as DiagonalGaussian;
        var deviation = gaussian is null ? null : DeviationOf(gaussian, z);
        var kl = gaussian?.KullbackLeibler(prior).ToDoubles();
        return
        [
            .. Enumerable.Range(0, mean.Length).Select(i => new DimensionBreakdown(
                mean[i],
                deviation?[i],
                gaussian is null ? null : noise[i],
                code[i],
                priorMean[i],
                priorDeviation[i],
                kl?[i],
                !shown.Figures.ActiveDimensions.Contains(i))),
        ];
    }

    private static double[] DeviationOf(DiagonalGaussian gaussian, Tensor like) =>
        (gaussian.LogVariance is { } logVariance ? (logVariance * Number(0.5)).exp() : ones_like(like)).expand_as(like).ToDoubles();
}
