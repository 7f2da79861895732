using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Elbo;

/// <summary>
/// A file in the safetensors format: the length of a JSON header as a little-endian 64-bit integer, the header, and the contiguous data of
/// the tensors. Reading validates the header before using it; writing the same content gives the same bytes.
/// </summary>
internal sealed partial class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsEntry> _byName;

    private SafetensorsFile(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors, in the order of their data in the file.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The metadata strings; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Returns the tensor with a name.</summary>
    /// <exception cref="KeyNotFoundException">No tensor has this name.</exception>
    public SafetensorsEntry this[string name] => _byName[name];

    /// <summary>Finds a tensor by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsEntry? entry) => _byName.TryGetValue(name, out entry);

    /// <summary>Writes tensors and metadata. Tensors are ordered by element size, then name, independently of the given order.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="entries">The tensors.</param>
    /// <param name="metadata">The metadata, which may be empty; null for a file without this part.</param>
    /// <param name="withChecksum">Whether the metadata gets a <see cref="SafetensorsChecksum"/>.</param>
    /// <exception cref="ArgumentException">
    /// A name is empty, reserved or used twice, or the data of a tensor does not match its shape.
    /// </exception>
    public static void Write(
        Stream stream,
        IReadOnlyList<SafetensorsEntry> entries,
        IReadOnlyDictionary<string, string>? metadata = null,
        bool withChecksum = false)
    {
        // The largest elements first: as the header is padded to eight bytes, every tensor is aligned to its element size.
        SafetensorsEntry[] ordered =
        [
            .. entries.OrderByDescending(entry => entry.Type.SizeOf()).ThenBy(entry => entry.Name, StringComparer.Ordinal),
        ];
        var header = SafetensorsHeader.Encode(ordered, withChecksum ? SafetensorsChecksum.AddTo(metadata, ordered) : metadata);
        if (withChecksum)
            SafetensorsChecksum.Seal(header);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var entry in ordered)
            stream.Write(entry.Data.Span);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">What they are called in messages.</param>
    /// <exception cref="InputException">The bytes are truncated or not valid in the format.</exception>
    public static SafetensorsFile Read(byte[] bytes, string name)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return Read(stream, name);
    }

    /// <summary>Reads a stream of known length.</summary>
    /// <exception cref="InputException">The bytes are truncated or not valid in the format.</exception>
    public static SafetensorsFile Read(Stream stream, string path)
    {
        var header = ReadHeader(stream, path);
        // The validated header covers exactly the bytes of the file, so no more than the file size is allocated.
        var entries = new List<SafetensorsEntry>(header.Tensors.Count);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in header.Tensors)
        {
            var data = new byte[tensor.Length];
            stream.ReadExactly(data);
            hash.AppendData(data);
            entries.Add(new SafetensorsEntry(tensor.Name, tensor.Type, tensor.Shape, data));
        }

        if (header.Metadata.TryGetValue(SafetensorsChecksum.DataKey, out var written)
            && written != Convert.ToHexStringLower(hash.GetHashAndReset()))
            throw Damaged(path);
        return new SafetensorsFile(entries, header.Metadata);
    }

    private static SafetensorsHeader ReadHeader(Stream stream, string path)
    {
        var remaining = stream.Length - sizeof(ulong);
        if (remaining < 0)
            throw new InputException($"{path} is not a safetensors file: it is shorter than the eight bytes of the header length.");
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > SafetensorsHeader.MaxLength)
        {
            throw new InputException($"{path} is not a safetensors file: its header length is given as {headerLength} bytes, but "
                + $"Elbo reads at most {SafetensorsHeader.MaxLength}.");
        }

        if (headerLength > (ulong)remaining)
            throw new InputException($"{path} is truncated or corrupt: {remaining} bytes remain for a header of {headerLength} bytes.");

        var json = new byte[(int)headerLength];
        stream.ReadExactly(json);
        if (!SafetensorsChecksum.IsIntact(json))
            throw Damaged(path);
        return SafetensorsHeader.Parse(json, remaining - json.Length, path);
    }

    private static InputException Damaged(string path) => new(
        $"{path} is damaged: its content does not match its checksum. Restore it from a copy.");
}
