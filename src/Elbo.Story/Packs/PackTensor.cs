using System.Buffers.Binary;

namespace Elbo.Story;

/// <summary>One named tensor of a pack.</summary>
/// <param name="Name">The name, unique in the pack.</param>
/// <param name="Type">The type of the elements: unsigned or signed bytes, 16-bit integers, half or single precision.</param>
/// <param name="Shape">The sizes of the dimensions.</param>
/// <param name="Data">The elements, row-major and little-endian.</param>
internal sealed record PackTensor(string Name, SafetensorsType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The number of elements.</summary>
    public int Count => Data.Length / Type.SizeOf();

    /// <summary>The tensor of a file.</summary>
    /// <exception cref="InputException">Packs do not have its element type.</exception>
    public static PackTensor Of(SafetensorsEntry entry) => entry.Type
        is SafetensorsType.U8 or SafetensorsType.I8 or SafetensorsType.I16 or SafetensorsType.F16 or SafetensorsType.F32
        ? new(entry.Name, entry.Type, [.. entry.Shape.Select(size => checked((int)size))], entry.Data)
        : throw new InputException($"The tensor '{entry.Name}' has the type {entry.Type.NameOf()}, which the story cannot read.");

    /// <summary>The tensor as it is written to a file.</summary>
    public SafetensorsEntry ToEntry() => new(Name, Type, [.. Shape.Select(size => (long)size)], Data);

    /// <summary>A tensor of unsigned bytes.</summary>
    public static PackTensor OfBytes(string name, ReadOnlyMemory<byte> values, params int[] shape) =>
        new(name, SafetensorsType.U8, shape, values);

    /// <summary>A tensor of signed bytes.</summary>
    public static PackTensor OfSignedBytes(string name, ReadOnlySpan<sbyte> values, params int[] shape)
    {
        var data = new byte[values.Length];
        for (var i = 0; i < data.Length; i++)
            data[i] = (byte)values[i];
        return new(name, SafetensorsType.I8, shape, data);
    }

    /// <summary>A tensor of 16-bit integers.</summary>
    public static PackTensor OfShorts(string name, ReadOnlySpan<short> values, params int[] shape)
    {
        var data = new byte[values.Length * sizeof(short)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(i * sizeof(short)), values[i]);
        return new(name, SafetensorsType.I16, shape, data);
    }

    /// <summary>A tensor in single precision.</summary>
    public static PackTensor OfFloats(string name, ReadOnlySpan<float> values, params int[] shape)
    {
        var data = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), values[i]);
        return new(name, SafetensorsType.F32, shape, data);
    }

    /// <summary>A tensor in half precision.</summary>
    public static PackTensor OfHalves(string name, ReadOnlySpan<float> values, params int[] shape)
    {
        var data = new byte[values.Length * sizeof(ushort)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(i * sizeof(ushort)), (Half)values[i]);
        return new(name, SafetensorsType.F16, shape, data);
    }

    /// <summary>The elements as single-precision numbers, without any scale.</summary>
    public float[] ToFloats()
    {
        var values = new float[Count];
        var data = Data.Span;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                SafetensorsType.U8 => data[i],
                SafetensorsType.I8 => (sbyte)data[i],
                SafetensorsType.I16 => BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]),
                SafetensorsType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(data[(2 * i)..]),
                _ => BinaryPrimitives.ReadSingleLittleEndian(data[(4 * i)..]),
            };
        }

        return values;
    }
}
