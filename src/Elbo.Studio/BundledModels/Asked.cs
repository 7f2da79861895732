namespace Elbo.Studio;

/// <summary>Refuses what no view asks for, in a sentence.</summary>
internal static class Asked
{
    /// <summary>A number of pictures or draws within bounds.</summary>
    public static int Count(int count, int most) => count >= 1 && count <= most
        ? count
        : throw new ConfigurationException($"{count} pictures were asked for, but between 1 and {most} are possible.");

    /// <summary>A model whose codes lie in a plane.</summary>
    public static BundledModel Plane(BundledModel model) => model.HasPlane ? model : throw new ConfigurationException(
        $"The codes of the model '{model.Id}' have {model.LatentSize} dimensions: only those of two lie in a plane.");

    /// <summary>The labels of so many pictures: the one asked for, or null for a model without that condition.</summary>
    public static int[]? Labels(BundledModel model, int? label, int count) => (model.HasLabel, label) switch
    {
        (false, null) => null,
        (true, { } one) => [.. Enumerable.Repeat(one, count)],
        (true, null) => throw new ConfigurationException($"The model '{model.Id}' is conditioned on a label: say which."),
        _ => throw new ConfigurationException($"The model '{model.Id}' is not conditioned on a label: leave it out."),
    };
}
