namespace Elbo.Story.Tests;

/// <summary>
/// beta: the terms of five weights of the KL over test images, and what lies outside of the clouds. The model of which a sentence speaks is
/// that for which <c>BetaPackTests</c> expects it.
/// </summary>
internal static class Scene8Claims
{
    private const int Pixels = 784;
    private const int Step = 5;
    private const int Draws = 2000;

    private static readonly string[] Ids = ["plane-0.1", "plane-0.5", "plane", "plane-4", "plane-16"];
    private static readonly Lazy<float[]> Images = new(EveryFifthTestImage);

    public static IEnumerable<Comparison> Dead(StoryModels models)
    {
        var (codes, figures) = (TermsOf(models["plane-16"]).Codes, models["plane-16"].Figures!);
        var perDimension = new[] { codes.Kl(0), codes.Kl(1) }.Select(Estimate.Mean).ToArray();
        var sorted = perDimension.OrderBy(kl => kl.Value).ToArray();
        yield return Comparison.Between("KL of the dead dimension", sorted[0], -1, BetaRegime.DeadKl);
        yield return Comparison.Between("KL of the living dimension", sorted[1], 0.3, 10);
        for (var i = 0; i < perDimension.Length; i++)
        {
            var named = Estimate.Exactly(figures.KlPerDimension![i]);
            yield return Comparison.Same($"KL of dimension {i} as the sentence names it", perDimension[i], named, 0.0002);
        }
    }

    /// <summary>No bundled model has collapsed: that of the sentence is one whose encoder says the same of every digit.</summary>
    public static IEnumerable<Comparison> Collapse(StoryModels models)
    {
        var silent = Silent(models["plane-16"]);
        return Enumerable.Range(0, 2).Select(dimension =>
            Comparison.Between($"KL of dimension {dimension}", Estimate.Mean(silent.Kl(dimension)), -1, BetaRegime.DeadKl));
    }

    public static IEnumerable<Comparison> Beta(StoryModels models)
    {
        var terms = Ids.Select(id => (Id: id, Terms: TermsOf(models[id]), models[id].Figures)).ToList();
        foreach (var ((id, less, _), (next, more, _)) in terms.Zip(terms.Skip(1)))
        {
            yield return Comparison.Between($"KL of {id} minus {next}", Difference(less.Kl, more.Kl), 0, 100);
            yield return Comparison.Between(
                $"reconstruction of {next} minus {id}", Difference(more.Reconstruction, less.Reconstruction), 0, 100);
        }

        foreach (var (id, own, figures) in terms)
        {
            yield return Comparison.Same($"KL of {id}", Estimate.Mean(own.Kl), Estimate.Exactly(figures!.Kl!.Value), 0.02);
            yield return Comparison.Same(
                $"reconstruction of {id}", Estimate.Mean(own.Reconstruction), Estimate.Exactly(figures.Reconstruction!.Value), 0.5);
        }
    }

    public static IEnumerable<Comparison> Far(StoryModels models)
    {
        var codes = PosteriorBatch.Of(models["plane-ae"], PosteriorBatch.Digits);
        // The circle beyond which N(0, I) has 1% of its draws, counted as well.
        var edge = Math.Sqrt(-2 * Math.Log(0.01));
        var draws = new Draws(10);
        var ofPrior = Estimate.Share([.. Enumerable.Range(0, 20_000).Select(_ => double.Hypot(draws.Normal(), draws.Normal()) > edge)]);
        var outside = Estimate.Share([.. Enumerable.Range(0, codes.Count).Select(i =>
            double.Hypot(codes.Mean[2 * i], codes.Mean[2 * i + 1]) > edge)]);
        yield return Comparison.Same("N(0, I) beyond the circle", ofPrior, Estimate.Exactly(BetaRegime.FarShareOfPrior), 0);
        yield return Comparison.Between("codes beyond the circle", outside, BetaRegime.FarShareOfPrior, 2);
    }

    public static IEnumerable<Comparison> Holes(StoryModels models) =>
        [Comparison.Between("outside of all clouds at 0.1", Outside(models, "plane-0.1"), BetaRegime.HoleShare, 2)];

    public static IEnumerable<Comparison> SmallerHoles(StoryModels models) =>
    [
        Comparison.Between("outside at 0.5", Outside(models, "plane-0.5"), BetaRegime.HoleShare, 2),
        Comparison.Greater("outside at 0.1 and at 0.5", Outside(models, "plane-0.1"), Outside(models, "plane-0.5")),
    ];

    public static IEnumerable<Comparison> Balance(StoryModels models) =>
    [
        Comparison.Between("outside at 1", Outside(models, "plane"), -1, BetaRegime.HoleShare),
        Comparison.Greater("outside at 0.5 and at 1", Outside(models, "plane-0.5"), Outside(models, "plane")),
    ];

    public static IEnumerable<Comparison> Costly(StoryModels models)
    {
        yield return Comparison.Greater("outside at 1 and at 4", Outside(models, "plane"), Outside(models, "plane-4"));
        var (best, own) = (TermsOf(models["plane-0.5"]), TermsOf(models["plane-4"]));
        var (cost, saved) = (Difference(own.Reconstruction, best.Reconstruction), Difference(best.Kl, own.Kl));
        yield return Comparison.Between("KL at 0.5 minus at 4", saved, 0, 100);
        yield return Comparison.Between(
            "reconstruction lost minus KL saved", Difference(Sum(own), Sum(best)), 0, 100);
        var (named, of) = (models["plane-4"].Figures!, models["plane-0.5"].Figures!);
        yield return Comparison.Same(
            "that cost as the sentence names it", cost, Estimate.Exactly(named.Reconstruction!.Value - of.Reconstruction!.Value), 0.1);
        yield return Comparison.Same(
            "what is saved as the sentence names it", saved, Estimate.Exactly(of.Kl!.Value - named.Kl!.Value), 0.1);

        static double[] Sum(Terms terms) => [.. terms.Reconstruction.Zip(terms.Kl, (reconstruction, kl) => reconstruction + kl)];
    }

    private static PosteriorBatch Silent(StoryModel model)
    {
        var last = model.Encoder.Layers[^1];
        DenseNetwork encoder = new(
            [.. model.Encoder.Layers.SkipLast(1), new DenseLayer(new float[last.Weight.Length], new float[last.Outputs])]);
        var rows = Batches.Run(encoder, PosteriorBatch.Digits).Chunk(encoder.Outputs).ToList();
        return new(
            model.LatentSize,
            [.. rows.SelectMany(row => row[..model.LatentSize])],
            [.. rows.SelectMany(row => row[model.LatentSize..]).Select(raw => MathF.Exp(raw / 2))]);
    }

    private static Estimate Difference(double[] left, double[] right) => Estimate.Mean([.. left.Zip(right, (a, b) => a - b)]);

    private static Terms TermsOf(StoryModel model)
    {
        var codes = PosteriorBatch.Of(model, Images.Value);
        var likelihoods = Batches.LogLikelihoods(model, codes.Draw(new Draws(11)), Images.Value);
        return new(codes, [.. likelihoods.Select(value => -value)], codes.Kl());
    }

    private static Estimate Outside(StoryModels models, string id)
    {
        var (codes, draws) = (PosteriorBatch.Of(models[id], PosteriorBatch.Digits), new Draws(12));
        var outside = new bool[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (x, y) = (draws.Normal(), draws.Normal());
            outside[draw] = !Enumerable.Range(0, codes.Count).Any(i => double.Hypot(
                (x - codes.Mean[2 * i]) / codes.Deviation[2 * i], (y - codes.Mean[2 * i + 1]) / codes.Deviation[2 * i + 1]) <= 3);
        }

        return Estimate.Share(outside);
    }

    private static float[] EveryFifthTestImage()
    {
        int[] rows = [.. Enumerable.Range(0, BundledStory.Test.Count / Step).Select(index => Step * index)];
        var values = new float[rows.Length * Pixels];
        BundledStory.Test.Read(rows, values);
        // Pixels are drawn with their grey value as the probability, as for the figures of the models.
        return new Draws(14).Pixels(values);
    }

    private sealed record Terms(PosteriorBatch Codes, double[] Reconstruction, double[] Kl);
}
