using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Cli;

/// <summary>One object on stdout, for machines.</summary>
internal static class JsonOutput
{
    public static void Write<T>(T value) => Console.Out.Write(Json.Write(value));

    /// <summary>Writes the properties of several objects as those of one; null stands for an object that is not there.</summary>
    public static void WriteTogether(params ReadOnlySpan<object?> parts)
    {
        var together = new JsonObject();
        foreach (var part in parts)
        {
            if (part is null)
                continue;
            foreach (var (name, value) in JsonSerializer.SerializeToNode(part, part.GetType(), Json.Options)!.AsObject())
                together.Add(name, value?.DeepClone());
        }

        Write(together);
    }
}
