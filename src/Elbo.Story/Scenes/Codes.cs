namespace Elbo.Story;

/// <summary>The posteriors of the digits in the page, by one model.</summary>
/// <param name="LatentSize">The number of latent dimensions.</param>
/// <param name="Mean">The means, one digit after another.</param>
/// <param name="LogVariance">The log-variances likewise; null for points.</param>
internal sealed record Codes(int LatentSize, double[] Mean, double[]? LogVariance)
{
    /// <summary>Encodes digits with every pixel 0 or 1, each with its label where the encoder takes one.</summary>
    public static Codes Of(StoryModel model, StoryDigits digits)
    {
        var mean = new double[digits.Count * model.LatentSize];
        var logVariance = model.IsPoint ? null : new double[mean.Length];
        Parallel.For(0, digits.Count, index =>
        {
            var pixels = digits.Binary(index);
            double[] input = model.Condition is LabelCondition labels
                ? [.. pixels, .. OneHot.Of(digits.Labels[index], labels.Count)]
                : pixels;
            var (at, log) = model.Encode(input);
            at.CopyTo(mean, index * model.LatentSize);
            log?.CopyTo(logVariance!, index * model.LatentSize);
        });
        return new Codes(model.LatentSize, mean, logVariance);
    }

    /// <summary>The name of the pack of a model's codes.</summary>
    public static string PackNameOf(string id) => $"codes-{id}";

    /// <summary>The pack of the codes of a model.</summary>
    /// <param name="id">The name of the model.</param>
    public Pack ToPack(string id)
    {
        var tensors = new List<PackTensor>();
        ScaledShorts.Add(tensors, "codes.mean", Mean, Mean.Length / LatentSize, LatentSize);
        if (LogVariance is not null)
            ScaledShorts.Add(tensors, "codes.logVariance", LogVariance, LogVariance.Length / LatentSize, LatentSize);
        return new Pack(PackNameOf(id), tensors, new Dictionary<string, string> { ["model"] = id });
    }
}
