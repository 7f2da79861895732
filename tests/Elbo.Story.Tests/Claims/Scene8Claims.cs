namespace Elbo.Story.Tests;

/// <summary>beta: the terms of five weights of the KL over test images, and what lies outside of the clouds.</summary>
internal static class Scene8Claims
{
    private const int Pixels = 784;
    private const int Step = 5;
    private const int Draws = 2000;

    private static readonly string[] Ids = ["plane-0.1", "plane-0.5", "plane", "plane-4", "plane-16"];
    private static readonly Lazy<float[]> Images = new(EveryFifthTestImage);

    public static IEnumerable<Comparison> Dead(StoryModels models)
    {
        var terms = TermsOf(models["plane-16"]);
        var perDimension = new[] { terms.Codes.Kl(0), terms.Codes.Kl(1) }.Select(Estimate.Mean).OrderBy(kl => kl.Value).ToArray();
        yield return Comparison.Between("KL of the dead dimension", perDimension[0], -1, 0.01);
        yield return Comparison.Between("KL of the living dimension", perDimension[1], 0.3, 10);
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

    public static IEnumerable<Comparison> Autoencoder(StoryModels models)
    {
        var codes = PosteriorBatch.Of(models["plane-ae"], PosteriorBatch.Digits);
        // The circle beyond which N(0, I) has 1% of its draws, counted as well.
        var edge = Math.Sqrt(-2 * Math.Log(0.01));
        var draws = new Draws(10);
        var ofPrior = Estimate.Share([.. Enumerable.Range(0, 20_000).Select(_ => double.Hypot(draws.Normal(), draws.Normal()) > edge)]);
        var outside = Estimate.Share([.. Enumerable.Range(0, codes.Count).Select(i =>
            double.Hypot(codes.Mean[2 * i], codes.Mean[2 * i + 1]) > edge)]);
        yield return Comparison.Same("N(0, I) beyond the circle", ofPrior, Estimate.Exactly(0.01), 0);
        yield return Comparison.Between("codes beyond the circle", outside, 0.1, 2);
    }

    public static IEnumerable<Comparison> Holes(StoryModels models) =>
        [Comparison.Between("outside of all clouds at 0.1", Outside(models, "plane-0.1"), 0.5, 2)];

    public static IEnumerable<Comparison> SmallerHoles(StoryModels models) =>
        [Comparison.Greater("outside at 0.1 and at 0.5", Outside(models, "plane-0.1"), Outside(models, "plane-0.5"))];

    public static IEnumerable<Comparison> Balance(StoryModels models) =>
        [Comparison.Greater("outside at 0.5 and at 1", Outside(models, "plane-0.5"), Outside(models, "plane"))];

    public static IEnumerable<Comparison> Overlap(StoryModels models)
    {
        yield return Comparison.Greater("outside at 1 and at 4", Outside(models, "plane"), Outside(models, "plane-4"));
        var cost = Difference(TermsOf(models["plane-4"]).Reconstruction, TermsOf(models["plane"]).Reconstruction);
        yield return Comparison.Between("reconstruction at 4 minus at 1", cost, 0, 100);
        var named = models["plane-4"].Figures!.Reconstruction!.Value - models["plane"].Figures!.Reconstruction!.Value;
        yield return Comparison.Same("that cost as the sentence names it", cost, Estimate.Exactly(named), 0.1);
    }

    public static IEnumerable<Comparison> NearCollapse(StoryModels models)
    {
        var (model, codes) = (models["plane-16"], TermsOf(models["plane-16"]).Codes);
        return Enumerable.Range(0, 2).Select(dimension => Comparison.Same(
            $"KL of dimension {dimension}", Estimate.Mean(codes.Kl(dimension)),
            Estimate.Exactly(model.Figures!.KlPerDimension![dimension]), 0.0002)).Concat(Dead(models));
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
