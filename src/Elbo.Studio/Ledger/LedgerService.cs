using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Studio;

/// <summary>A request for the terms of the evidence lower bound of one example.</summary>
/// <param name="Model">The model.</param>
/// <param name="Image">The example.</param>
/// <param name="Seed">The seed of the sampling noise.</param>
/// <param name="Label">The label, for a model that is conditioned on it; null for that of the example, or the first for a drawing.</param>
internal sealed record LedgerRequest(OpenModel Model, ImageChoice Image, ulong Seed = 0, int? Label = null);

/// <summary>
/// Computes the evidence lower bound of single examples: encode, sample, decode, and the contribution of each number and each latent
/// dimension; then log p(x|c) by importance sampling. On the compute thread only.
/// </summary>
internal static class LedgerService
{
    /// <summary>The draws of z for the estimate of log p(x|c).</summary>
    public const int Draws = 1_000;

    // Above this many numbers per example a thousand passes of the decoder take too long for a page.
    private const int FewerDraws = 100;
    private const int LargeExample = 4_000;

    /// <summary>Computes the terms of one example.</summary>
    /// <exception cref="SettingsException">The example or the label does not exist.</exception>
    public static ElboBreakdown Compute(LedgerRequest request)
    {
        var opened = request.Model;
        var (model, example) = (opened.Weights, ExampleOf(request));
        if (!model.InfersCode)
            throw new SettingsException($"The model '{opened.Name}' infers no codes from examples, so it has no such terms.");
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = model.Reader(example, seed: opened.Configuration.Training.Seed).Slice(0, 1);
        var (pixels, features) = (batch.Values, batch.Features);
        var posterior = model.Encode(pixels, features);
        var noise = model.EvaluationNoise(batch, samples: 1, request.Seed);
        var epsilon = noise[0];
        var z = posterior.Sample(epsilon);
        var output = model.Decode(z, features);
        var cost = (-model.Likelihood.LogDensityPerValue(output, pixels)).ToDoubles();
        // A density of numbers in the units of the data, of which the networks see others.
        if (model.Standardization is { } units)
            cost = [.. cost.Zip(units.Deviation, (nats, deviation) => nats + Math.Log(deviation))];
        var target = opened.Configuration.Model.Condition?.Target;
        double[] perValue = target is null ? cost : [.. cost.Zip(target, (nats, scored) => nats * scored)];
        var kl = model.HasKullbackLeibler ? model.Terms(batch, noise).KlTerms.Single() : null;
        var codes = new LatentCodes(opened.LatentSize, [.. z.ToDoubles().Select(code => (float)code)]);
        return new ElboBreakdown
        {
            Value = opened.Shape.Image is null ? example.ToValues() : pixels.ToImages(opened.Shape),
            Decoded = features is null ? model.Decode(codes) : model.Decode(codes, example),
            Target = target,
            ReconstructionPerValue = perValue,
            Reconstruction = perValue.Sum(),
            Floor = GreyFloor.Of(model.Likelihood, pixels.ToDoubles(), target),
            Dimensions = Dimensions(opened, posterior, epsilon, z, kl),
            Kl = kl?.PerDraw.ToDoubles().Sum(),
            Likelihood = EstimateOf(model, example, request.Seed),
        };
    }

    private static ExampleSet ExampleOf(LedgerRequest request)
    {
        var (opened, image) = (request.Model, request.Image);
        if (image.Drawn is not { } drawn)
        {
            if (image.Index is not >= 0 || image.Index >= opened.Examples.Count)
                throw new SettingsException(
                    $"The example {image.Index} does not exist: choose one between 0 and {opened.Examples.Count - 1}.");
            var example = opened.Examples.Subset([image.Index.Value]);
            return request.Label is { } other ? Labelled(example, opened, other) : example;
        }

        if (!opened.TakesDrawings || drawn.Length != MnistImages.Shape.Pixels)
        {
            throw new SettingsException(
                $"The drawing has {drawn.Length} grey values, but the model '{opened.Name}' needs values of {opened.Shape}"
                + (opened.Attributes is null ? "." : " with attributes."));
        }

        var drawing = new ImageDataset(MnistImages.Shape, drawn);
        return opened.Labels is { } labels ? Labelled(drawing, opened, request.Label ?? labels.Labels[0]) : drawing;
    }

    private static ExampleSet Labelled(ExampleSet example, OpenModel opened, int label)
    {
        if (opened.Labels is not { } labels)
            throw new SettingsException($"The model '{opened.Name}' is not conditioned on a label: leave it out.");
        return labels.IndexOf(label) >= 0 ? example.WithLabels(new[] { label }) : throw new SettingsException(
            $"The label {label} does not exist: choose one of {string.Join(", ", labels.Labels.Take(20))}.");
    }

    private static DimensionBreakdown[] Dimensions(
        OpenModel opened, LatentDistribution posterior, Tensor epsilon, Tensor z, KlTerm? kl)
    {
        var (mean, code) = (posterior.Mean.ToDoubles(), z.ToDoubles());
        var noise = opened.IsAutoencoder ? null : epsilon.ToDoubles();
        var deviation = opened.IsAutoencoder ? null : posterior.Variance.sqrt().ToDoubles();
        var parts = kl is { HasParts: true } ? kl.Parts.ToDoubles() : null;
        return
        [
            .. Enumerable.Range(0, mean.Length).Select(i => new DimensionBreakdown(
                i, mean[i], deviation?[i], noise?[i], code[i], parts?[i], !opened.IsActive(i))),
        ];
    }

    private static LikelihoodReport? EstimateOf(LatentVariableModel model, ExampleSet example, ulong seed)
    {
        try
        {
            LikelihoodEvaluation.EnsureDensity(model);
        }
        catch (SettingsException)
        {
            // An autoencoder, whose code is a point, has no p(x).
            return null;
        }

        return LikelihoodEvaluation.Estimate(model, example, model.Shape.Size > LargeExample ? FewerDraws : Draws, seed);
    }
}
