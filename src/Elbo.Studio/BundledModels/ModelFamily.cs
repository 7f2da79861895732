using System.Text.Json.Serialization;

namespace Elbo.Studio;

/// <summary>What a bundled model is used to show.</summary>
[JsonConverter(typeof(FamilyConverter))]
internal enum ModelFamily
{
    /// <summary>
    /// Two latent dimensions; the models differ only in the weights of the two terms, from reconstruction only to KL only.
    /// </summary>
    Weights,

    /// <summary>Two latent dimensions and a label; the models differ in the prior and in whether the decoder sees the label.</summary>
    LabelPriors,

    /// <summary>Samples of a chosen digit.</summary>
    Digits,

    /// <summary>More latent dimensions, each with a slider.</summary>
    Sliders,

    /// <summary>Completing an image from its visible part.</summary>
    Completions,
}

/// <summary>Writes families in files as <c>label-priors</c>.</summary>
internal sealed class FamilyConverter() : JsonStringEnumConverter<ModelFamily>(System.Text.Json.JsonNamingPolicy.KebabCaseLower);
