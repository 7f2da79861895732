using System.Globalization;
using System.Text;

namespace Elbo.Fuzzing;

/// <summary>Damages bytes: the kinds of damage of disks and transfers, and those that somebody would make on purpose.</summary>
internal sealed class FuzzRandom(ulong seed)
{
    private static readonly string[] Tokens =
    [
        "-1", "0", "1e999", "-1e3090", "NaN", "Infinity", "9223372036854775807", "-9223372036854775808", "2147483647", "4294967296",
        "1e308", "1e-320", "\"\"", "null", "true", "[]", "{}", "\u0000", "\e[31m", "\n", "\r\n", ",", ";", "\"", "\\", "../../x",
        "/dev/zero",
        "\uFEFF", "\u202E", "65536", "30000", "[65536,65536,65536,65536,65536,65536,65536,65536]", "\"quadrants-1\"", "\"mask\"",
    ];

    private readonly Random _random = new((int)(seed * 0x9E3779B97F4A7C15UL >> 33));

    public int Next(int below) => _random.Next(below);

    public T Choose<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>Damages bytes a few times.</summary>
    public byte[] Damage(byte[] bytes)
    {
        var times = 1 + _random.Next(3);
        for (var i = 0; i < times; i++)
            bytes = DamageOnce(bytes);
        return bytes;
    }

    private byte[] DamageOnce(byte[] bytes)
    {
        var position = _random.Next(bytes.Length + 1);
        var rest = Math.Min(bytes.Length - position, 1 + _random.Next(16));
        switch (_random.Next(10))
        {
            case 0:
                return bytes[..position];
            case 1:
                return [.. bytes[..position], .. bytes[(position + rest)..]];
            case 2:
                return [.. bytes[..position], .. Encoding.UTF8.GetBytes(Choose(Tokens)), .. bytes[position..]];
            case 3:
                return ReplaceNumber(bytes, position);
            case 4:
                return [.. bytes[..position], .. bytes[(bytes.Length / 2)..], .. bytes[position..]];
            case 5:
                var many = Enumerable.Repeat((byte)Choose<int>(['[', '{', '"', 0, 255, ',']), _random.Next(3000));
                return [.. bytes[..position], .. many, .. bytes[position..]];
            default:
                var copy = bytes.ToArray();
                for (var i = position; i < position + rest; i++)
                    copy[i] = _random.Next(3) == 0 ? (byte)Choose<int>([0, 255, 127, 128]) : (byte)(copy[i] ^ 1 << _random.Next(8));
                return copy;
        }
    }

    // A number in a text is where a reader computes with what it was given.
    private byte[] ReplaceNumber(byte[] bytes, int position)
    {
        var start = Array.FindIndex(bytes, Math.Min(position, Math.Max(0, bytes.Length - 1)), value => char.IsAsciiDigit((char)value));
        if (start < 0)
            return bytes;
        var end = start;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end]))
            end++;
        var number = _random.Next(2) == 0 ? Choose(Tokens) : _random.NextInt64().ToString(CultureInfo.InvariantCulture);
        return [.. bytes[..start], .. Encoding.UTF8.GetBytes(number), .. bytes[end..]];
    }
}
