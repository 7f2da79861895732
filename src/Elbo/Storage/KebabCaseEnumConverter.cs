using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>Serializes enum members in kebab case, as on the command line, and does not accept integers.</summary>
internal sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
