using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Elbo;

/// <summary>Writes the fields of one message in the wire format of Protocol Buffers.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void Write(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
    }

    public void Write(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void Write(int field, string text) => Write(field, Encoding.UTF8.GetBytes(text));

    public void Write(int field, ReadOnlySpan<byte> bytes)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    /// <summary>Writes a message within this one.</summary>
    public void Write(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Write(field, inner.Written);
    }

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    private void Varint(ulong value)
    {
        for (; value > 0x7f; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
