using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>Writes the members of an enum as the command line spells them, and accepts no number in their place.</summary>
internal sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
