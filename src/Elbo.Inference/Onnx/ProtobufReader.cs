using System.Buffers.Binary;
using System.Text;

namespace Elbo.Inference;

/// <summary>Reads the fields of one message in the wire format of Protocol Buffers.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;
    private const int MaxShift = 63;

    private ReadOnlySpan<byte> _rest = message;
    private int _wireType = -1;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field; the value of the one before must have been read or skipped.</summary>
    /// <exception cref="InvalidDataException">The message is cut off.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = ReadVarint();
        (Field, _wireType) = ((int)Math.Min(tag >> 3, int.MaxValue), (int)(tag & 7));
        return true;
    }

    public long ReadInteger() => _wireType == Varint ? (long)ReadVarint() : throw Unexpected();

    public float ReadFloat() => _wireType == Fixed32 ? BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float))) : throw Unexpected();

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Bytes, or the fields of a message within this one.</summary>
    public ReadOnlySpan<byte> ReadBytes() => _wireType == Bytes ? Take(ReadVarint()) : throw Unexpected();

    /// <summary>Adds the integers of a repeated field, which come one by one or packed.</summary>
    public void ReadIntegers(List<long> integers)
    {
        if (_wireType == Varint)
        {
            integers.Add((long)ReadVarint());
            return;
        }

        var packed = new ProtobufReader(ReadBytes());
        while (!packed._rest.IsEmpty)
            integers.Add((long)packed.ReadVarint());
    }

    public void Skip()
    {
        switch (_wireType)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                Take(sizeof(ulong));
                break;
            case Bytes:
                ReadBytes();
                break;
            case Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw Unexpected();
        }
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift <= MaxShift; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number has more than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw new InvalidDataException("it is cut off");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private readonly InvalidDataException Unexpected() => new($"the field {Field} has the unexpected wire type {_wireType}");
}
