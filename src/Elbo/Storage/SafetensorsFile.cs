using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Elbo;

/// <summary>
/// A file in the safetensors format: the length of a JSON header as a little-endian 64-bit number, the header, and the tensors' bytes end
/// to end. Reading believes nothing that the header says before it is checked; writing the same content gives the same bytes.
/// </summary>
internal sealed class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsEntry> _byName;

    private SafetensorsFile(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors, in the order of their bytes in the file.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The texts that came along; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public SafetensorsEntry this[string name] => _byName[name];

    /// <summary>Finds a tensor by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsEntry? entry) => _byName.TryGetValue(name, out entry);

    /// <summary>Writes a file atomically.</summary>
    /// <inheritdoc cref="Write(Stream, IReadOnlyList{SafetensorsEntry}, IReadOnlyDictionary{string, string}?)"/>
    public static void Write(
        string path, IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, entries, metadata));

    /// <summary>Writes tensors and texts. Their order in the file is by element size, then name, whatever the order given.</summary>
    /// <exception cref="ArgumentException">A name is empty, reserved or used twice, or a tensor's bytes do not fit its shape.</exception>
    public static void Write(
        Stream stream, IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // The widest elements first: with the header padded to eight bytes, every tensor then lies at a multiple of its element's size.
        SafetensorsEntry[] ordered =
        [
            .. entries.OrderByDescending(entry => entry.Type.SizeOf()).ThenBy(entry => entry.Name, StringComparer.Ordinal),
        ];
        var header = SafetensorsHeader.Encode(ordered, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var entry in ordered)
            stream.Write(entry.Data.Span);
    }

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="DataException">The file is missing, truncated or not what the format demands.</exception>
    public static SafetensorsFile Read(string path) => InputFile.Read(path, stream => Read(stream, path));

    /// <summary>Reads the texts alone; the header is checked as for the whole file.</summary>
    /// <exception cref="DataException">The file is missing, truncated or not what the format demands.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        InputFile.Read(path, stream => ReadHeader(stream, path).Metadata);

    private static SafetensorsFile Read(FileStream stream, string path)
    {
        var header = ReadHeader(stream, path);
        // The header accounts for every byte that is there, and for no other: what is allocated here is what the file holds.
        var entries = new List<SafetensorsEntry>(header.Slots.Count);
        foreach (var slot in header.Slots)
        {
            var data = new byte[slot.Length];
            stream.ReadExactly(data);
            entries.Add(new SafetensorsEntry(slot.Name, slot.Type, slot.Shape, data));
        }

        return new SafetensorsFile(entries, header.Metadata);
    }

    private static SafetensorsHeader ReadHeader(FileStream stream, string path)
    {
        var remaining = stream.Length - sizeof(ulong);
        if (remaining < 0)
            throw new DataException($"{path} is not a safetensors file: it is shorter than the eight bytes with which one starts.");
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > SafetensorsHeader.LongestLength)
        {
            throw new DataException($"{path} is not a safetensors file: its header would be {headerLength} bytes long, and "
                + $"{SafetensorsHeader.LongestLength} are the most that the format allows.");
        }

        if (headerLength > (ulong)remaining)
            throw new DataException($"{path} is truncated or corrupt: {remaining} bytes are left for a header of {headerLength}.");

        var json = new byte[(int)headerLength];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, remaining - json.Length, path);
    }
}
