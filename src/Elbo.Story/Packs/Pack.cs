using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Elbo.Story;

/// <summary>
/// Tensors and metadata under a name, in the safetensors format: what the page reads. The same content gives the same bytes.
/// </summary>
/// <param name="Name">The name in the page, as in <c>model-plane</c>.</param>
/// <param name="Tensors">The tensors.</param>
/// <param name="Metadata">The metadata.</param>
internal sealed record Pack(string Name, IReadOnlyList<PackTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    private const int Alignment = 8;
    private const string MetadataName = "__metadata__";

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public PackTensor this[string name] => Find(name) ?? throw new InputException($"{Name} lacks the tensor '{name}'.");

    /// <summary>The tensor of a name, or null.</summary>
    public PackTensor? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>The pack as a safetensors file: the largest elements first, so that every tensor is aligned to its element size.</summary>
    public byte[] ToBytes()
    {
        PackTensor[] ordered =
        [
            .. Tensors.OrderByDescending(tensor => tensor.Type.SizeOf()).ThenBy(tensor => tensor.Name, StringComparer.Ordinal),
        ];
        var header = Header(ordered);
        var bytes = new byte[sizeof(ulong) + header.Length + ordered.Sum(tensor => tensor.Data.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        header.CopyTo(bytes, sizeof(ulong));
        var position = sizeof(ulong) + header.Length;
        foreach (var tensor in ordered)
        {
            tensor.Data.CopyTo(bytes.AsMemory(position));
            position += tensor.Data.Length;
        }

        return bytes;
    }

    /// <summary>Reads a file of the library or of this type. It must come from the program itself: sizes are trusted.</summary>
    /// <exception cref="InputException">The bytes are not valid in the format, or have another element type.</exception>
    public static Pack Read(string name, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span));
            using var header = JsonDocument.Parse(bytes.Slice(sizeof(ulong), headerLength));
            var data = bytes[(sizeof(ulong) + headerLength)..];
            var tensors = new List<PackTensor>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in header.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataName)
                {
                    foreach (var entry in property.Value.EnumerateObject())
                        metadata.Add(entry.Name, entry.Value.GetString()!);
                    continue;
                }

                var offsets = property.Value.GetProperty("data_offsets");
                var (begin, end) = (offsets[0].GetInt32(), offsets[1].GetInt32());
                var type = Enum.Parse<PackType>(property.Value.GetProperty("dtype").GetString()!);
                int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
                tensors.Add(new PackTensor(property.Name, type, shape, data[begin..end]));
            }

            return new Pack(name, tensors, metadata);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or OverflowException or KeyNotFoundException)
        {
            throw new InputException($"{name} is not a file of tensors that the story can read: {exception.Message}", exception);
        }
    }

    private byte[] Header(PackTensor[] ordered)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataName);
            foreach (var (key, value) in Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                writer.WriteString(key, value);
            writer.WriteEndObject();
            var position = 0;
            foreach (var tensor in ordered)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", tensor.Type.ToString());
                writer.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                    writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(position);
                writer.WriteNumberValue(position += tensor.Data.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }
}
