namespace Elbo.Story;

/// <summary>What is measured of one member of a family that differs in beta alone.</summary>
internal sealed record BetaFigures
{
    /// <summary>The circle beyond which N(0, I) has 1% of its draws, in a plane.</summary>
    private static readonly double Edge = Math.Sqrt(-2 * Math.Log(BetaRegime.FarShareOfPrior));

    private const int Draws = 2000;
    private const double Deviations = 3;

    /// <summary>The weight of the KL where the reconstruction has 1.</summary>
    public required double Beta { get; init; }

    /// <summary>The share of the digits whose code lies where N(0, I) has 1% of its draws.</summary>
    public required Measured Far { get; init; }

    /// <summary>-E_q[log p(x|z)] over test images.</summary>
    public required Measured Reconstruction { get; init; }

    /// <summary>What only a model with clouds has; null for an autoencoder.</summary>
    public required CloudFigures? Clouds { get; init; }

    /// <summary>Measures a model.</summary>
    /// <param name="beta">Its beta.</param>
    /// <param name="figures">Its terms over test images.</param>
    /// <param name="codes">The posteriors of the digits in the page, in a plane.</param>
    public static BetaFigures Of(double beta, StoryFigures figures, Codes codes)
    {
        var count = codes.Mean.Length / codes.LatentSize;
        (Measured Sum, IReadOnlyList<Measured> PerDimension)? kl =
            codes.LogVariance is { } logVariance ? Kl(codes.Mean, logVariance, codes.LatentSize) : null;
        var far = Enumerable.Range(0, count).Count(n => double.Hypot(codes.Mean[2 * n], codes.Mean[2 * n + 1]) > Edge);
        return new()
        {
            Beta = beta,
            Far = Measured.Share(far, count),
            // Beside a KL the error that is known is that of the sum: both errors together are more than that of this term.
            Reconstruction = new(figures.Reconstruction!.Value, figures.StandardError + (kl is null ? 0 : kl.Value.Sum.Error)),
            Clouds = kl is null ? null : new()
            {
                Kl = new(figures.Kl!.Value, kl.Value.Sum.Error),
                KlPerDimension =
                    [.. kl.Value.PerDimension.Zip(figures.KlPerDimension!, (own, value) => new Measured(value, own.Error))],
                NegativeElbo = new(figures.NegativeElbo!.Value, figures.StandardError),
                Holes = Measured.Share(OutsideOf(codes), Draws),
            },
        };
    }

    // The spread over the digits of the KL in closed form gives the errors of the KL over test images.
    private static (Measured Sum, IReadOnlyList<Measured> PerDimension) Kl(double[] mean, double[] logVariance, int size)
    {
        double[] all = [.. mean.Zip(logVariance, (m, log) => 0.5 * (m * m + Math.Exp(log) - 1 - log))];
        var rows = all.Chunk(size).ToList();
        return (
            Measured.Mean([.. rows.Select(row => row.Sum())]),
            [.. Enumerable.Range(0, size).Select(i => Measured.Mean([.. rows.Select(row => row[i])]))]);
    }

    // How many draws from N(0, I) are more than three deviations from every code. The draws are the same for every beta.
    private static int OutsideOf(Codes codes)
    {
        double[] precision = [.. codes.LogVariance!.Select(log => Math.Exp(-log))];
        var outside = new bool[Draws];
        Parallel.For(0, Draws, draw =>
        {
            var z = new NormalDraws(draw).Normal(codes.LatentSize);
            outside[draw] = true;
            for (var at = 0; at < precision.Length && outside[draw]; at += 2)
            {
                var (x, y) = (z[0] - codes.Mean[at], z[1] - codes.Mean[at + 1]);
                outside[draw] = x * x * precision[at] + y * y * precision[at + 1] > Deviations * Deviations;
            }
        });
        return outside.Count(each => each);
    }
}
