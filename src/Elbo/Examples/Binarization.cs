using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>Whether and how grey pixels are binarized.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Binarization>))]
public enum Binarization
{
    /// <summary>Pixels are not binarized.</summary>
    None,

    /// <summary>Each pixel is sampled once for the whole run, with its grey value as the probability of a one.</summary>
    Static,

    /// <summary>
    /// Each pixel is sampled again in every epoch (Burda, Grosse and Salakhutdinov 2016); evaluation uses one fixed sample.
    /// </summary>
    Dynamic,
}
