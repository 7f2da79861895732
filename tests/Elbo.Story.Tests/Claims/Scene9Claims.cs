namespace Elbo.Story.Tests;

/// <summary>The condition moves the mean: draws of six models that read as asked, and completions of half digits.</summary>
internal static class Scene9Claims
{
    private const int CountOfEach = 200;
    private const int Completions = 12;
    private const int Halves = 500;

    public static IEnumerable<Comparison> Seen(StoryModels models) => new[] { "standard", "mean", "mean-variance" }.Select(prior =>
        Comparison.Between($"{prior}, seen", LabelDraws.ShareAsAsked(models, $"label-{prior}", CountOfEach), 0.95, 2));

    public static IEnumerable<Comparison> Hidden(StoryModels models)
    {
        yield return Comparison.Between(
            "standard, hidden", LabelDraws.ShareAsAsked(models, "label-standard-hidden", CountOfEach), 0.05, 0.15);
        var read = LabelDraws.Read(models, models["label-standard-hidden"], 0, 10 * CountOfEach);
        for (var label = 0; label < 10; label++)
        {
            yield return Comparison.Between(
                $"standard, hidden: read as {label}", Estimate.Share([.. read.Select(each => each == label)]), 0.02, 0.4);
        }
    }

    public static IEnumerable<Comparison> MeanHidden(StoryModels models) =>
        [Comparison.Between("mean, hidden", LabelDraws.ShareAsAsked(models, "label-mean-hidden", CountOfEach), 0.35, 0.65)];

    public static IEnumerable<Comparison> Pairs(StoryModels models)
    {
        var (model, draws) = (models["pairs"], new Draws(13));
        var seenPixels = model.Decoder.Inputs - model.LatentSize;
        var visible = seenPixels / 2;
        var severalOf = new bool[Halves];
        foreach (var (index, picture) in PosteriorBatch.Digits.Chunk(seenPixels).Take(Halves).Index())
        {
            picture.AsSpan(visible).Clear();
            var (mean, logVariance) = model.PriorAt([.. picture.Select(value => (double)value)]);
            float[] inputs =
            [
                .. Enumerable.Range(0, Completions).SelectMany(_ => mean
                    .Select((m, i) => (float)(m + Math.Exp(logVariance![i] / 2) * draws.Normal()))
                    .Concat(picture)),
            ];
            var pictures = Batches.Decode(model, inputs);
            for (var n = 0; n < Completions; n++)
                picture.AsSpan(0, visible).CopyTo(pictures.AsSpan(n * seenPixels));
            severalOf[index] = Batches.Read(models, pictures).Select(read => read.Label).Distinct().Count() > 1;
        }

        // "Often": more than a third of the digits.
        yield return Comparison.Between("digits whose twelve completions read as more than one", Estimate.Share(severalOf), 1.0 / 3, 2);
    }
}
