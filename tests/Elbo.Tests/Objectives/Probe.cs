using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>The terms of one example of models that an objective is checked against.</summary>
internal static class Probe
{
    /// <summary>A Gaussian posterior under N(0, I).</summary>
    public static BoundTerms Bound() => Terms(new DiagonalGaussian(zeros(1, 2), zeros(1, 2)));

    /// <summary>An autoencoder's.</summary>
    public static BoundTerms Point() => Terms(new PointMass(zeros(1, 2)));

    private static BoundTerms Terms(LatentDistribution posterior) => new(
        zeros(1), [new LatentVariable("z", posterior, new DiagonalGaussian(zeros(1, 2)), zeros(1, 2), zeros(1, 2))], () => zeros(1));
}
