namespace Elbo;

/// <summary>One named tensor of a safetensors file.</summary>
/// <param name="Name">The name; not empty, and unique in its file.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The sizes of the dimensions; empty for a single value.</param>
/// <param name="Data">The elements, row-major and little-endian.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The number of bytes that a tensor of this type and shape takes.</summary>
    /// <exception cref="OverflowException">There are more than a 64-bit number can count, or a dimension is negative.</exception>
    public static long SizeInBytes(SafetensorsType type, IEnumerable<long> shape)
    {
        long size = type.SizeOf();
        foreach (var dimension in shape)
            size = checked(size * (long)(ulong)dimension);
        return size;
    }
}
