using System.Reflection;

namespace Elbo.Story;

/// <summary>The files that are part of this assembly: modules, style and texts below <c>web/</c>, models below <c>models/</c>.</summary>
internal static class WebFiles
{
    private static readonly Assembly Assembly = typeof(WebFiles).Assembly;

    /// <summary>The names that begin with a prefix, in ordinal order.</summary>
    public static IReadOnlyList<string> Names(string prefix) =>
    [
        .. Assembly.GetManifestResourceNames()
            .Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The bytes of a file.</summary>
    public static byte[] Read(string name)
    {
        var resource = Assembly.GetManifestResourceNames().Single(each => each.Replace('\\', '/') == name);
        using var stream = Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The text of a file, with the line ends of the repository.</summary>
    public static string ReadText(string name) =>
        System.Text.Encoding.UTF8.GetString(Read(name)).Replace("\r\n", "\n", StringComparison.Ordinal);
}
