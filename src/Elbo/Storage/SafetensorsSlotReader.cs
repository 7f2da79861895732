using System.Text.Json;

namespace Elbo;

/// <summary>
/// Reads what a safetensors header says about one tensor. What is wrong is a <see cref="FormatException"/> without a full stop.
/// </summary>
internal static class SafetensorsSlotReader
{
    public static SafetensorsSlot Read(string name, JsonElement element)
    {
        if (name.Length == 0)
            throw new FormatException("a tensor has an empty name");
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"what it says about the tensor '{name}' is not an object");
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
                    throw new FormatException($"it says '{property.Name}' about the tensor '{name}', which the format does not know");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
            throw new FormatException($"the tensor '{name}' lacks its dtype, its shape or its two data_offsets");
        if (begin > end)
            throw new FormatException($"the tensor '{name}' would end before it begins");
        if (end - begin != SizeInBytes(name, type.Value, shape))
            throw new FormatException($"the tensor '{name}' takes {end - begin} bytes, which is not what its shape and type take");
        if (end - begin > Array.MaxLength)
            throw new FormatException($"the tensor '{name}' is larger than the {Array.MaxLength} bytes that can be read");
        return new SafetensorsSlot(name, type.Value, shape, begin, end);
    }

    private static long SizeInBytes(string name, SafetensorsType type, long[] shape)
    {
        try
        {
            return SafetensorsEntry.SizeInBytes(type, shape);
        }
        catch (OverflowException exception)
        {
            throw new FormatException($"the tensor '{name}' would have more elements than can be counted", exception);
        }
    }

    private static SafetensorsType ReadType(string name, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String && SafetensorsTypes.TryParse(element.GetString()!, out var type))
            return type;
        throw new FormatException($"the tensor '{name}' has the type {element.GetRawText()}, which is not known");
    }

    private static long[] ReadNumbers(string name, JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Array)
            throw new FormatException($"the {property.Name} of the tensor '{name}' is not an array");
        return [.. property.Value.EnumerateArray().Select(element =>
            element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) && number >= 0
                ? number
                : throw new FormatException($"the {property.Name} of the tensor '{name}' holds {element.GetRawText()}, no whole number"))];
    }
}
