using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Elbo;

/// <summary>The name, type, shape and position of a tensor in a safetensors file.</summary>
internal sealed record SafetensorsTensorInfo(string Name, SafetensorsType Type, long[] Shape, long Begin, long End)
{
    public int Length => (int)(End - Begin);
}

/// <summary>The JSON header of a safetensors file.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsTensorInfo> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>
    /// The most bytes of a header. The format allows 100 MB, which take many times that to parse; a thousand tensors need a tenth of a
    /// megabyte.
    /// </summary>
    public const int MaxLength = 1 << 24;

    private const string MetadataName = "__metadata__";
    private const int Alignment = 8;

    /// <summary>Encodes the header for contiguous tensors in the given order, padded with spaces to a multiple of eight bytes.</summary>
    public static byte[] Encode(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (metadata is not null)
                WriteMetadata(writer, metadata);
            var names = new HashSet<string>(StringComparer.Ordinal) { MetadataName };
            var position = 0L;
            foreach (var entry in entries)
            {
                if (entry.Name.Length == 0 || !names.Add(entry.Name))
                    throw new ArgumentException($"The tensor name '{entry.Name}' is empty, reserved or used twice.", nameof(entries));
                if (SafetensorsEntry.SizeInBytes(entry.Type, entry.Shape) != entry.Data.Length)
                    throw new ArgumentException($"The data of the tensor '{entry.Name}' does not match its shape.", nameof(entries));
                WriteEntry(writer, entry, position, position += entry.Data.Length);
            }

            writer.WriteEndObject();
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Parses and validates a header.</summary>
    /// <param name="json">The bytes of the header.</param>
    /// <param name="dataLength">The number of bytes after the header; the tensors must cover them without gaps or overlaps.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">The header is not valid in the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string path)
    {
        try
        {
            if (json.IsEmpty || json.Span[0] != '{' || !Utf8.IsValid(json.Span))
                throw new FormatException("it is not a JSON object in UTF-8");
            using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
            var tensors = new List<SafetensorsTensorInfo>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataName)
                    ReadMetadata(property.Value, metadata);
                else
                    tensors.Add(SafetensorsTensorInfoReader.Read(property.Name, property.Value));
            }

            tensors.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
            EnsureContiguous(tensors, dataLength);
            return new SafetensorsHeader(tensors, metadata);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            var reason = exception is FormatException ? exception.Message : "it is not valid JSON, or has a duplicate key";
            throw new InputException($"{path} has a corrupt safetensors header: {reason}.", exception);
        }
    }

    private static void EnsureContiguous(IReadOnlyList<SafetensorsTensorInfo> tensors, long dataLength)
    {
        var position = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.End > dataLength)
                throw new FormatException($"the tensor '{tensor.Name}' ends at byte {tensor.End}, beyond the {dataLength} bytes of data");
            if (tensor.Begin < position)
                throw new FormatException($"the tensor '{tensor.Name}' overlaps another tensor");
            if (tensor.Begin > position)
                throw new FormatException($"a gap of {tensor.Begin - position} bytes precedes the tensor '{tensor.Name}'");
            position = tensor.End;
        }

        if (position != dataLength)
            throw new FormatException($"its tensors end at byte {position}, but {dataLength} bytes follow the header");
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException("its metadata is not an object");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new FormatException($"the metadata '{property.Name}' is not a string");
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> metadata)
    {
        writer.WriteStartObject(MetadataName);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, SafetensorsEntry entry, long begin, long end)
    {
        writer.WriteStartObject(entry.Name);
        writer.WriteString("dtype", entry.Type.NameOf());
        writer.WriteStartArray("shape");
        foreach (var dimension in entry.Shape)
            writer.WriteNumberValue(dimension);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(end);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
