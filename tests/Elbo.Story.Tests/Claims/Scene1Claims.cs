namespace Elbo.Story.Tests;

/// <summary>A 6 on demand: what draws of a VAE and of a conditional VAE read as.</summary>
internal static class Scene1Claims
{
    private const int Count = 2000;

    public static IEnumerable<Comparison> Sixes(StoryModels models)
    {
        var sixes = Estimate.Share([.. Labels(models).Select(label => label == 6)]);
        // "A few" of sixteen: from half a draw to four.
        yield return Comparison.Between("draws of the VAE read as 6", sixes, 0.5 / 16, 4.0 / 16);
    }

    public static IEnumerable<Comparison> AnyDigit(StoryModels models)
    {
        var labels = Labels(models);
        return Enumerable.Range(0, 10).Select(label => Comparison.Between(
            $"draws of the VAE read as {label}", Estimate.Share([.. labels.Select(read => read == label)]), 0.02, 0.4));
    }

    public static IEnumerable<Comparison> AsAsked(StoryModels models)
    {
        var model = models["cvae"];
        return Enumerable.Range(0, 10).Select(label => Comparison.Between(
            $"draws of the conditional VAE for {label} read as it", LabelDraws.ShareAsAsked(models, model, label, Count / 10), 0.5, 2));
    }

    private static int[] Labels(StoryModels models)
    {
        var model = models["vae"];
        var pictures = Batches.Decode(model, new Draws(1).Normals(Count * model.LatentSize));
        return [.. Batches.Read(models, pictures).Select(read => read.Label)];
    }
}
