using System.Text.Json.Serialization;

namespace Elbo.Studio;

/// <summary>What a bundled model is used to show.</summary>
[JsonConverter(typeof(FamilyConverter))]
internal enum ModelFamily
{
    /// <summary>One training told apart by the weights of its two terms alone: a plane of codes, from reconstruction only to KL only.</summary>
    Weights,

    /// <summary>A code of two dimensions beside a label, told apart by the prior and by whether the decoder sees the label.</summary>
    LabelPriors,

    /// <summary>Pages of a digit that is asked for.</summary>
    Digits,

    /// <summary>A code of more dimensions, to be turned one at a time.</summary>
    Sliders,

    /// <summary>Pictures completed from the part of them that is visible.</summary>
    Completions,
}

/// <summary>Families as they stand in files: <c>label-priors</c>.</summary>
internal sealed class FamilyConverter() : JsonStringEnumConverter<ModelFamily>(System.Text.Json.JsonNamingPolicy.KebabCaseLower);
