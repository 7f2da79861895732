using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>An array stored in a NumPy file.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The sizes of the dimensions; empty for a scalar.</param>
/// <param name="Data">The elements, row-major and little-endian.</param>
internal sealed record NpyArray(NpyType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The number of elements.</summary>
    public int Count => Data.Length / Type.SizeOf();

    public bool IsFloating => Type is NpyType.Float32 or NpyType.Float64;

    /// <summary>Returns the elements of a floating-point type as doubles.</summary>
    public IEnumerable<double> FloatingValues()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return Type switch
            {
                NpyType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(Element(i)),
                NpyType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(Element(i)),
                _ => throw new InvalidOperationException($"{Type} is not a floating-point type."),
            };
        }
    }

    /// <summary>Returns the elements of an integer type.</summary>
    public IEnumerable<long> WholeValues()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return Type switch
            {
                NpyType.UInt8 => Data.Span[i],
                NpyType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(Element(i)),
                NpyType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(Element(i)),
                _ => throw new InvalidOperationException($"{Type} is not an integer type."),
            };
        }
    }

    /// <summary>Returns the elements of a float32 array.</summary>
    public float[] ToFloats()
    {
        if (Type != NpyType.Float32)
            throw new InvalidOperationException($"{Type} is not {NpyType.Float32}.");
        var floats = MemoryMarshal.Cast<byte, float>(Data.Span).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(floats.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return floats;
    }

    private ReadOnlySpan<byte> Element(int index) => Data.Span.Slice(index * Type.SizeOf(), Type.SizeOf());
}
