namespace Elbo.Studio;

/// <summary>Checks the parameters of a request; an invalid one is refused with a message.</summary>
internal static class RequestGuard
{
    /// <summary>Checks a number of images or samples.</summary>
    public static int Count(int count, int max) => count >= 1 && count <= max
        ? count
        : throw new SettingsException($"{count} images were requested, but the number must be between 1 and {max}.");

    /// <summary>Checks that the latent space of a model is two-dimensional.</summary>
    public static BundledModel Plane(BundledModel model) => model.HasPlane ? model : throw new SettingsException(
        $"The model '{model.Id}' has {model.LatentSize} latent dimensions, but this view needs a model with two.");

    /// <summary>The label of each of several images: the requested one, or null for a model that is not conditioned on labels.</summary>
    public static int[]? Labels(BundledModel model, int? label, int count) => (model.HasLabel, label) switch
    {
        (false, null) => null,
        (true, { } one) => [.. Enumerable.Repeat(one, count)],
        (true, null) => throw new SettingsException($"The model '{model.Id}' is conditioned on a label: choose one."),
        _ => throw new SettingsException($"The model '{model.Id}' is not conditioned on a label: leave it out."),
    };
}
