using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>One image whose bound is to be accounted for.</summary>
/// <param name="Model">The id of the model.</param>
/// <param name="Picture">The image.</param>
/// <param name="Seed">The seed of the noise: another one draws again and changes nothing else.</param>
/// <param name="Label">The label, for a model that is conditioned on it; null for that of the test image.</param>
internal sealed record LedgerRequest(string Model, PictureChoice Picture, ulong Seed = 0, int? Label = null);

/// <summary>The bound of one image with everything that adds up to it, in nats.</summary>
internal sealed record LedgerPage
{
    /// <summary>The image itself.</summary>
    public required Images Picture { get; init; }

    /// <summary>What it is decoded to from the code that was drawn.</summary>
    public required Images Decoded { get; init; }

    /// <summary>-log p of each pixel, row by row.</summary>
    public required IReadOnlyList<double> ReconstructionPerPixel { get; init; }

    /// <summary>-log p(x|z): the sum of that over pixels.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>What is known of each dimension of the code.</summary>
    public required IReadOnlyList<LedgerDimension> Dimensions { get; init; }

    /// <summary>KL(q(z|x) || p(z)): the sum over dimensions; null for an autoencoder.</summary>
    public required double? Kl { get; init; }

    /// <summary>-ELBO, the sum of both; null for an autoencoder.</summary>
    public double? NegativeElbo => Reconstruction + Kl;
}

/// <summary>One dimension of the code of an image.</summary>
/// <param name="Mean">mu of q(z|x).</param>
/// <param name="Deviation">Its sigma; null for an autoencoder.</param>
/// <param name="Epsilon">The noise; null for an autoencoder, which draws nothing.</param>
/// <param name="Code">z = mu + sigma * epsilon.</param>
/// <param name="PriorMean">mu of p(z).</param>
/// <param name="PriorDeviation">Its sigma.</param>
/// <param name="Kl">The KL of this dimension in nats; null for an autoencoder.</param>
/// <param name="IsDead">Whether the dimension carries nothing, for any of the test images.</param>
internal sealed record LedgerDimension(
    double Mean, double? Deviation, double? Epsilon, double Code, double PriorMean, double PriorDeviation, double? Kl, bool IsDead);

/// <summary>Accounts for the bound of single images: encode, draw, decode, and what each pixel and each dimension costs.</summary>
internal sealed class LedgerService(BundledModels models, MnistPictures pictures)
{
    /// <summary>Opens the page of one image.</summary>
    /// <exception cref="ConfigurationException">There is no such model or image, the model needs a label, or sees part of an image only.</exception>
    public LedgerPage Open(LedgerRequest request)
    {
        var shown = models.Find(request.Model);
        if (shown.VisibleRegion is not null)
            throw new ConfigurationException($"The model '{shown.Id}' completes pictures: it has no page in the ledger.");
        var model = models.Load(request.Model);
        var picture = pictures.Take(request.Picture);
        using var resident = new TensorDataset(picture, Binarization.None, 0, RandomPurpose.EvaluationBinarization, CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var pixels = resident.Slice(0, 1).Pixels;
        var features = FeaturesOf(shown, model, request.Label ?? (picture.HasLabels ? picture.Labels.Span[0] : null));
        var posterior = model.Encode(pixels, features);
        using var generator = RandomStream.Create(request.Seed, RandomPurpose.EvaluationNoise);
        var epsilon = randn(new long[] { 1, model.LatentSize }, float32, generator: generator);
        var z = posterior.Sample(epsilon);
        var output = model.Decode(z, features);
        var perPixel = (-model.Likelihood.LogDensityPerValue(output, pixels)).ToDoubles();
        var dimensions = Dimensions(shown, posterior, ((GaussianPrior)model.Prior).At(features), epsilon, z);
        return new LedgerPage
        {
            Picture = pixels.ToImages(model.Shape),
            Decoded = model.Likelihood.Mean(output).ToImages(model.Shape),
            ReconstructionPerPixel = perPixel,
            Reconstruction = perPixel.Sum(),
            Dimensions = dimensions,
            Kl = model.HasKullbackLeibler ? dimensions.Sum(dimension => dimension.Kl) : null,
        };
    }

    private static Tensor? FeaturesOf(BundledModel shown, LatentVariableModel model, int? label) => model.Condition is LabelCondition condition
        ? condition.FeaturesOf(RequestGuard.Labels(shown, label, 1)!, CPU)
        : null;

    private static LedgerDimension[] Dimensions(
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
            .. Enumerable.Range(0, mean.Length).Select(i => new LedgerDimension(
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
