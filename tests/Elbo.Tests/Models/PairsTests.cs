namespace Elbo.Tests;

/// <summary>Conditional models of pairs (x, y), as the article that began the project defines them.</summary>
public class PairsTests
{
    private const double Noise = 0.1;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_Cvae_learns_the_two_branches_of_y_given_x(int seed)
    {
        var (train, test) = (Branches(4_000, seed), Branches(500, seed + 100));
        // The posterior of a code is half a Gaussian, whose bound a Gaussian does not reach: ten draws come closer than one.
        using var model = Cvae.Create(
            train,
            amend: o => o with { LatentSize = 2, Network = o.Network with { Hidden = [64, 64], Activation = "silu" } },
            seed: (ulong)seed,
            amendObjective: o => o with { Kind = Objectives.ImportanceWeighted, Samples = 10 });

        new Trainer(model, new()
        {
            Epochs = 120,
            BatchSize = 200,
            LearningRate = 1e-2,
            LearningRateSchedule = "cosine",
            Seed = (ulong)seed,
        }).Fit(train);

        var estimated = LikelihoodEvaluation.Estimate(model, test, 200).ImportanceSampling.Nats;
        var truth = TrueNegativeLogLikelihood(test);
        Assert.True(Math.Abs(estimated - truth) < 0.1, $"{estimated:0.000} nats, where the true density has {truth:0.000}.");
    }

    [Fact]
    public void Draws_at_an_x_are_in_the_units_of_y_on_both_branches()
    {
        var train = Branches(4_000, 7);
        using var model = Cvae.Create(train, amend: o => o with { LatentSize = 2, Network = o.Network with { Hidden = [64, 64] } });
        new Trainer(model, new() { Epochs = 20, BatchSize = 100, LearningRate = 2e-3 }).Fit(train);

        var at = Pairs([0.8], [0, 0]);
        var drawn = model.Sample(400, at, draw: true);

        // At x = 0.8 the branches are at (0.82, 0.8) and (-0.82, -0.8).
        var upper = Enumerable.Range(0, 400).Where(i => drawn.Row(i)[0] > 0).ToList();
        Assert.InRange(upper.Count, 100, 300);
        Assert.Equal(0.82, upper.Average(i => drawn.Row(i)[0]), 0.15);
        Assert.Equal(0.8, upper.Average(i => drawn.Row(i)[1]), 0.15);
    }

    [Fact]
    public void A_vector_conditions_an_image()
    {
        // A bar in the column that x names.
        var x = RowDataset.FromRows(Enumerable.Range(0, 300).Select(i => new[] { i % 3 * 100.0 }));
        var pixels = new byte[300 * 36];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % 6 == i / 36 % 3 ? 255 : 0);
        var pairs = new ImageDataset(new ImageShape(1, 6, 6), pixels).WithAttributes(x);
        using var model = Cvae.Create(pairs, amend: o => o with { LatentSize = 2, Network = o.Network with { Hidden = [32] } });

        new Trainer(model, new() { Epochs = 60, BatchSize = 20, LearningRate = 5e-3 }).Fit(pairs);

        Assert.Equal("bernoulli", model.Options.Likelihood);
        var drawn = model.Sample(1, pairs.Subset([1]));
        Assert.All(Enumerable.Range(0, 36), i => Assert.Equal(i % 6 == 1 ? 1 : 0, drawn.Values.Span[i], 0.2f));
    }

    private static ExampleSet Branches(int count, int seed)
    {
        var random = new Random(seed);
        var (x, y) = (new double[count], new double[2 * count]);
        for (var i = 0; i < count; i++)
        {
            x[i] = 2 * random.NextDouble() - 1;
            var sign = random.Next(2) == 0 ? 1 : -1;
            y[2 * i] = sign * (0.5 + x[i] * x[i] / 2) + Noise * Normal(random);
            y[2 * i + 1] = x[i] * sign + Noise * Normal(random);
        }

        return Pairs(x, y);
    }

    private static ExampleSet Pairs(double[] x, double[] y) =>
        new RowDataset(ValueShape.Vector(2), y).WithAttributes(new RowDataset(ValueShape.Vector(1), x));

    private static double TrueNegativeLogLikelihood(ExampleSet pairs)
    {
        var (x, y) = (new double[pairs.Count], new double[2 * pairs.Count]);
        int[] rows = [.. Enumerable.Range(0, pairs.Count)];
        pairs.Attributes!.Read(rows, x);
        pairs.Read(rows, y);
        return rows.Average(i => -Math.Log(new[] { -1, 1 }.Sum(sign =>
            0.5 * Density(y[2 * i] - sign * (0.5 + x[i] * x[i] / 2)) * Density(y[2 * i + 1] - sign * x[i]))));
    }

    private static double Density(double error) =>
        Math.Exp(-error * error / (2 * Noise * Noise)) / (Noise * Math.Sqrt(2 * Math.PI));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
