using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>Whether grey pixels become zeros and ones before a model sees them.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Binarization>))]
public enum Binarization
{
    /// <summary>Pixels stay grey.</summary>
    None,

    /// <summary>Each pixel is drawn once, with its grey value as the probability of a one, and stays so for the whole run.</summary>
    Static,

    /// <summary>Each pixel is drawn anew in every epoch (Burda, Grosse and Salakhutdinov 2016); evaluation uses one fixed draw.</summary>
    Dynamic,
}
