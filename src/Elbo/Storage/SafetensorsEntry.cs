namespace Elbo;

/// <summary>One named tensor of a safetensors file.</summary>
/// <param name="Name">The name, which is not empty and unique in the file.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The sizes of the dimensions; empty for a scalar.</param>
/// <param name="Data">The elements, row-major and little-endian.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Returns the size in bytes of a tensor of this type and shape.</summary>
    /// <exception cref="OverflowException">The size exceeds 64 bits, or a dimension is negative.</exception>
    public static long SizeInBytes(SafetensorsType type, IEnumerable<long> shape)
    {
        long size = type.SizeOf();
        foreach (var dimension in shape)
            size = checked(size * (long)(ulong)dimension);
        return size;
    }
}
