namespace Elbo.Story.Tests;

/// <summary>Draws of a model whose condition is a label: z from p(z|c), decoded.</summary>
internal static class LabelDraws
{
    public static int[] Read(StoryModels models, StoryModel model, int label, int count)
    {
        var draws = new Draws(100 + label);
        var features = OneHot.Of(label, 10);
        var (mean, logVariance) = model.PriorAt(features);
        var sees = model.Decoder.Inputs > model.LatentSize;
        float[] inputs =
        [
            .. Enumerable.Range(0, count).SelectMany(_ => mean
                .Select((m, i) => m + Math.Exp((logVariance?[i] ?? 0) / 2) * draws.Normal())
                .Concat(sees ? features : [])
                .Select(value => (float)value)),
        ];
        return [.. Batches.Read(models, Batches.Decode(model, inputs)).Select(read => read.Label)];
    }

    public static Estimate ShareAsAsked(StoryModels models, StoryModel model, int label, int count) =>
        Estimate.Share([.. Read(models, model, label, count).Select(read => read == label)]);

    /// <summary>The share over all labels alike.</summary>
    public static Estimate ShareAsAsked(StoryModels models, string id, int countOfEach) =>
        Estimate.Share([.. Enumerable.Range(0, 10).SelectMany(label =>
            Read(models, models[id], label, countOfEach).Select(read => read == label))]);
}
