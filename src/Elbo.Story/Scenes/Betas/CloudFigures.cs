namespace Elbo.Story;

/// <summary>What is measured of the clouds of a model.</summary>
internal sealed record CloudFigures
{
    /// <summary>KL(q(z|x) || N(0, I)) over test images.</summary>
    public required Measured Kl { get; init; }

    /// <summary>The same of each latent dimension.</summary>
    public required IReadOnlyList<Measured> KlPerDimension { get; init; }

    /// <summary>-ELBO over test images.</summary>
    public required Measured NegativeElbo { get; init; }

    /// <summary>The share of draws from N(0, I) that lie outside all clouds of the digits in the page.</summary>
    public required Measured Holes { get; init; }
}
