using System.Text.Json;

namespace Elbo;

/// <summary>
/// Parses the entry of a tensor in a safetensors header. Errors are a <see cref="FormatException"/> whose message has no final full stop.
/// </summary>
internal static class SafetensorsTensorInfoReader
{
    public static SafetensorsTensorInfo Read(string name, JsonElement element)
    {
        if (name.Length == 0)
            throw new FormatException("a tensor has an empty name");
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"the entry of the tensor '{name}' is not an object");
        SafetensorsType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (var property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case "dtype":
                    type = ReadType(name, property.Value);
                    break;
                case "shape":
                    shape = ReadNumbers(name, property);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(name, property);
                    break;
                default:
                    throw new FormatException($"the entry of the tensor '{name}' has the unknown key '{property.Name}'");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
            throw new FormatException($"the tensor '{name}' lacks its dtype, its shape or its two data_offsets");
        if (begin > end)
            throw new FormatException($"the tensor '{name}' ends before it begins");
        if (end - begin != SizeInBytes(name, type.Value, shape))
            throw new FormatException($"the tensor '{name}' has {end - begin} bytes, which does not match its shape and type");
        if (end - begin > Array.MaxLength)
            throw new FormatException($"the tensor '{name}' exceeds the maximum of {Array.MaxLength} bytes");
        return new SafetensorsTensorInfo(name, type.Value, shape, begin, end);
    }

    private static long SizeInBytes(string name, SafetensorsType type, long[] shape)
    {
        try
        {
            return SafetensorsEntry.SizeInBytes(type, shape);
        }
        catch (OverflowException exception)
        {
            throw new FormatException($"the tensor '{name}' has too many elements", exception);
        }
    }

    private static SafetensorsType ReadType(string name, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String && SafetensorsTypes.TryParse(element.GetString()!, out var type))
            return type;
        throw new FormatException($"the tensor '{name}' has the unknown type {element.GetRawText()}");
    }

    private static long[] ReadNumbers(string name, JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Array)
            throw new FormatException($"the {property.Name} of the tensor '{name}' is not an array");
        return [.. property.Value.EnumerateArray().Select(element =>
            element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) && number >= 0
                ? number
                : throw new FormatException(
                    $"the {property.Name} of the tensor '{name}' contains {element.GetRawText()}, which is not a non-negative integer"))];
    }
}
