namespace Elbo.Story;

/// <summary>
/// log p(x) of one image and the terms of its bound by quadrature over the latent plane: a fine grid around the posterior, which is a spot
/// of a few hundredths in a plane of ±4, and a coarse one for all the rest. In nats.
/// </summary>
/// <param name="Window">The fine grid.</param>
/// <param name="LogLikelihoods">log p(x|z) at the centres of its cells.</param>
/// <param name="LogEvidence">log p(x), the logarithm of the integral of p(x|z) p(z).</param>
/// <param name="Reconstruction">E_q[log p(x|z)] for the encoder's q, by the fine grid.</param>
/// <param name="Kl">KL(q(z|x) || p(z)) in closed form.</param>
/// <param name="Gap">KL(q(z|x) || p(z|x)) by the fine grid.</param>
/// <param name="Posterior">The moments of the true posterior p(z|x).</param>
internal sealed record Evidence(
    GridWindow Window,
    double[] LogLikelihoods,
    double LogEvidence,
    double Reconstruction,
    double Kl,
    double Gap,
    PlaneMoments Posterior)
{
    /// <summary>The cells of the fine grid in each dimension.</summary>
    public const int FineCells = 48;

    private const int CoarseCells = 96;
    private const double CoarseReach = 6;
    private const double WindowDeviations = 6;

    /// <summary>The evidence lower bound of the encoder's q.</summary>
    public double Bound => Reconstruction - Kl;

    /// <summary>Computes it for several images.</summary>
    /// <param name="model">A model with two latent dimensions, a Gaussian posterior and the prior N(0, I).</param>
    /// <param name="images">Images with pixels 0 or 1.</param>
    public static IReadOnlyList<Evidence> Of(StoryModel model, IReadOnlyList<double[]> images)
    {
        var coarse = GridWindow.Around(0, 0, CoarseReach, CoarseReach, CoarseCells);
        var onCoarse = Evaluate(model.Decoder, coarse, images);
        var found = new Evidence[images.Count];
        Parallel.For(0, images.Count, index =>
            found[index] = Of(model, images[index], coarse, [.. onCoarse.Select(atNode => atNode[index])]));
        return found;
    }

    private static Evidence Of(StoryModel model, double[] image, GridWindow coarse, double[] onCoarse)
    {
        var (mean, logVariance) = model.Encode(image);
        double[] deviation = [.. logVariance!.Select(log => Math.Exp(log / 2))];
        var window = GridWindow.Around(mean[0], mean[1], WindowDeviations * deviation[0], WindowDeviations * deviation[1], FineCells);
        double[] values = [.. Evaluate(model.Decoder, window, [image]).Select(atNode => atNode[0])];
        double[] joint = [.. values.Select((value, cell) => value + LogUnitGaussian(window.Centre(cell)))];

        var logFine = LogSum(joint) + Math.Log(window.CellArea);
        // The coarse cells count as far as the fine grid does not cover them.
        var logCoarse = LogSum([.. onCoarse.Select((value, cell) =>
        {
            var area = Math.Max(double.Epsilon, coarse.CellArea - coarse.Overlap(cell, window));
            return value + LogUnitGaussian(coarse.Centre(cell)) + Math.Log(area);
        })]);
        var logEvidence = LogSum([logFine, logCoarse]);

        var (reconstruction, gap) = (0d, 0d);
        for (var cell = 0; cell < window.Count; cell++)
        {
            var (x, y) = window.Centre(cell);
            var logQ = LogGaussian(x, mean[0], deviation[0]) + LogGaussian(y, mean[1], deviation[1]);
            var share = Math.Exp(logQ) * window.CellArea;
            reconstruction += share * values[cell];
            gap += share * (logQ - (joint[cell] - logEvidence));
        }

        var kl = mean.Zip(deviation, (m, s) => 0.5 * (m * m + s * s - 1) - Math.Log(s)).Sum();
        return new Evidence(window, values, logEvidence, reconstruction, kl, gap, PlaneMoments.Of(window, joint, logFine));
    }

    private static double[][] Evaluate(DenseNetwork decoder, GridWindow window, IReadOnlyList<double[]> images)
    {
        var values = new double[window.Count][];
        Parallel.For(0, window.Count, cell =>
        {
            var (x, y) = window.Centre(cell);
            values[cell] = LogLikelihood.Of(decoder, [x, y], images);
        });
        return values;
    }

    private static double LogUnitGaussian((double X, double Y) z) => LogGaussian(z.X, 0, 1) + LogGaussian(z.Y, 0, 1);

    private static double LogGaussian(double value, double mean, double deviation)
    {
        var distance = (value - mean) / deviation;
        return -0.5 * distance * distance - Math.Log(deviation) - 0.5 * Math.Log(2 * Math.PI);
    }

    private static double LogSum(double[] logs)
    {
        var largest = logs.Max();
        return largest + Math.Log(logs.Sum(log => Math.Exp(log - largest)));
    }
}
