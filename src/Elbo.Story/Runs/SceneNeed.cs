namespace Elbo.Story;

/// <summary>What a pack is made from, in words.</summary>
internal static class SceneNeed
{
    /// <summary>The need for a pack, as part of a sentence.</summary>
    public static string Of(string pack) => ModelOf(pack) switch
    {
        "digits" or "digits-grey" or "digits-mean" => "labelled images of the data",
        BetaPack.Name => "three or more runs with two latent dimensions that differ in beta alone",
        StoryClassifier.Id => "a classifier, which the story has for MNIST alone",
        StoryModels.Plane => "a VAE with two latent dimensions and the weight 1 on the KL",
        "plane-ae" => "an autoencoder with two latent dimensions",
        "plane-noise" => "a VAE with two latent dimensions and the weight 0 on the KL",
        "vae" => "a VAE with the weight 1 on the KL",
        "cvae" => "a conditional VAE of the labels 0 to 9 whose decoder sees them",
        "ten-ae" => "an autoencoder with more than two latent dimensions",
        "ten-noise" => "a VAE with more than two latent dimensions and the weight 0 on the KL",
        "pairs" => "a model that completes images from their top half",
        ['p', 'l', 'a', 'n', 'e', '-', .. var weight] => $"a VAE with two latent dimensions and the weight {weight} on the KL",
        ['l', 'a', 'b', 'e', 'l', '-', .. var kind] => kind.EndsWith("-hidden", StringComparison.Ordinal)
            ? $"a model of labels with two latent dimensions, the prior '{kind[..^7]}' and a decoder that does not see the label"
            : $"a model of labels with two latent dimensions, the prior '{kind}' and a decoder that sees the label",
        _ => pack,
    };

    private static string ModelOf(string pack) =>
        pack == "grid" ? StoryModels.Plane
        : pack.StartsWith("model-", StringComparison.Ordinal) ? pack["model-".Length..]
        : pack.StartsWith("encoder-", StringComparison.Ordinal) ? pack["encoder-".Length..]
        : pack.StartsWith("codes-", StringComparison.Ordinal) ? pack["codes-".Length..]
        : pack;
}
