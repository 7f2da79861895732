using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Cli;

/// <summary>Writes JSON to stdout.</summary>
internal static class JsonOutput
{
    public static void Write<T>(T value) => Console.Out.Write(Json.Write(value));

    /// <summary>Writes the properties of several objects as one object; null objects are skipped.</summary>
    public static void WriteMerged(params ReadOnlySpan<object?> parts)
    {
        var merged = new JsonObject();
        foreach (var part in parts)
        {
            if (part is null)
                continue;
            foreach (var (name, value) in JsonSerializer.SerializeToNode(part, part.GetType(), Json.Options)!.AsObject())
                merged.Add(name, value?.DeepClone());
        }

        Write(merged);
    }
}
