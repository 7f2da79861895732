namespace Elbo;

/// <content>Files by their paths.</content>
internal sealed partial class SafetensorsFile
{
    /// <summary>Writes a file atomically.</summary>
    /// <inheritdoc cref="Write(Stream, IReadOnlyList{SafetensorsEntry}, IReadOnlyDictionary{string, string}?, bool)"/>
    public static void Write(
        string path, IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, entries, metadata));

    /// <summary>Reads a file completely.</summary>
    /// <exception cref="InputException">The file is missing, truncated or not valid in the format.</exception>
    public static SafetensorsFile Read(string path) => RunFile.Read(path, long.MaxValue, stream => Read(stream, path));

    /// <summary>Reads only the metadata; the header is validated as for the whole file.</summary>
    /// <exception cref="InputException">The file is missing, truncated or not valid in the format.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        ReadHeader(path).Metadata;

    /// <summary>Reads the header, which says what the file holds.</summary>
    /// <exception cref="InputException">The file is missing, truncated or not valid in the format.</exception>
    public static SafetensorsHeader ReadHeader(string path) =>
        RunFile.Read(path, long.MaxValue, stream => ReadHeader(stream, path));
}
