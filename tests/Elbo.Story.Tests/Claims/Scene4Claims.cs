namespace Elbo.Story.Tests;

/// <summary>
/// Be the encoder: for ellipses q of several places and sizes the ELBO by draws, the gap KL(q || p(z|x)) by quadrature, and log p(x) by
/// importance sampling, which are three computations of their own.
/// </summary>
internal static class Scene4Claims
{
    private const int Draws = 2000;
    private const int Cells = 120;
    private const double Reach = 12;

    public static IEnumerable<Comparison> Evidence(StoryModels models)
    {
        var model = models["plane"];
        foreach (var digit in EvidencePack.BundledDigits.Take(3))
        {
            float[] picture = [.. BundledStory.Digits.Binary(digit).Select(value => (float)value)];
            var codes = PosteriorBatch.Of(model, picture);
            var encoder = new Ellipse(codes.Mean[0], codes.Mean[1], codes.Deviation[0], codes.Deviation[1]);
            var logP = LogEvidence(model, picture, encoder.Stretched(1.5));
            var grid = Posterior(model, picture, encoder);
            Ellipse[] ellipses = [encoder, encoder.Moved(1.5), encoder.Moved(-1).Stretched(1.3), encoder.Stretched(0.5)];
            foreach (var (number, q) in ellipses.Index())
            {
                var (bound, gap) = (Bound(model, picture, q), Gap(q, grid));
                yield return Comparison.Same(
                    $"digit {digit}, ellipse {number}: ELBO {bound} + gap {gap:0.###}, log p",
                    bound with { Value = bound.Value + gap }, logP, 0.1);
            }
        }
    }

    private static double Joint(double logLikelihood, double x, double y) =>
        logLikelihood - 0.5 * (x * x + y * y) - Math.Log(2 * Math.PI);

    private static Estimate Bound(StoryModel model, float[] picture, Ellipse q)
    {
        var codes = q.Draw(new Draws(5), Draws);
        var reconstruction = Estimate.Mean(Batches.LogLikelihoods(model, codes, picture));
        var kl = 0.5 * (q.X * q.X + q.Y * q.Y + q.Width * q.Width + q.Height * q.Height - 2) - Math.Log(q.Width * q.Height);
        return reconstruction with { Value = reconstruction.Value - kl };
    }

    private static Estimate LogEvidence(StoryModel model, float[] picture, Ellipse q)
    {
        var codes = q.Draw(new Draws(6), 2 * Draws);
        var logs = Batches.LogLikelihoods(model, codes, picture)
            .Select((value, i) => Joint(value, codes[2 * i], codes[2 * i + 1]) - q.LogDensity(codes[2 * i], codes[2 * i + 1])).ToArray();
        var largest = logs.Max();
        var weights = Estimate.Mean([.. logs.Select(log => Math.Exp(log - largest))]);
        return new(largest + Math.Log(weights.Value), weights.Error / weights.Value);
    }

    /// <summary>log p(z|x) on a grid around the encoder's ellipse, with the area of a cell.</summary>
    private static (float[] Codes, double[] Log, double Area) Posterior(StoryModel model, float[] picture, Ellipse encoder)
    {
        double At(int cell) => Reach * (2 * (cell + 0.5) / Cells - 1);
        float[] codes =
        [
            .. Enumerable.Range(0, Cells * Cells).SelectMany(cell => new[]
            {
                (float)(encoder.X + encoder.Width * At(cell % Cells)), (float)(encoder.Y + encoder.Height * At(cell / Cells)),
            }),
        ];
        var area = 4 * Reach * Reach * encoder.Width * encoder.Height / Cells / Cells;
        double[] joint =
            [.. Batches.LogLikelihoods(model, codes, picture).Select((value, i) => Joint(value, codes[2 * i], codes[2 * i + 1]))];
        var largest = joint.Max();
        var mass = largest + Math.Log(joint.Sum(log => Math.Exp(log - largest)) * area);
        return (codes, [.. joint.Select(log => log - mass)], area);
    }

    private static double Gap(Ellipse q, (float[] Codes, double[] Log, double Area) grid) => grid.Log.Select((log, i) =>
    {
        var own = q.LogDensity(grid.Codes[2 * i], grid.Codes[2 * i + 1]);
        return Math.Exp(own) * grid.Area * (own - log);
    }).Sum();

    private sealed record Ellipse(double X, double Y, double Width, double Height)
    {
        public Ellipse Moved(double deviations) => this with { X = X + deviations * Width, Y = Y - deviations * Height };

        public Ellipse Stretched(double factor) => this with { Width = factor * Width, Height = factor * Height };

        public float[] Draw(Draws draws, int count) => [.. Enumerable.Range(0, count).SelectMany(_ => new[]
        {
            (float)(X + Width * draws.Normal()), (float)(Y + Height * draws.Normal()),
        })];

        public double LogDensity(double x, double y)
        {
            var (u, v) = ((x - X) / Width, (y - Y) / Height);
            return -0.5 * (u * u + v * v) - Math.Log(2 * Math.PI * Width * Height);
        }
    }
}
