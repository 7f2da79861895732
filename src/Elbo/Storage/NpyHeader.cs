using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>The header of a NumPy file: a Python dictionary with exactly the keys descr, fortran_order and shape.</summary>
internal sealed partial record NpyHeader(NpyType Type, IReadOnlyList<int> Shape)
{
    private const int Alignment = 64;

    private const string Item = @"\s*['""](?<key>\w+)['""]\s*:\s*(?<value>'[^'""]*'|""[^'""]*""|True|False|\([0-9, ]*\))\s*";

    // Magic, version and a two-byte length: what precedes the dictionary in version 1.0.
    private static readonly byte[] VersionOneStart = [0x93, .. "NUMPY"u8, 1, 0];

    /// <summary>The number of bytes that the elements take.</summary>
    /// <exception cref="OverflowException">There are more than a 64-bit number can count.</exception>
    public long DataLength => Shape.Aggregate((long)Type.SizeOf(), (size, dimension) => checked(size * dimension));

    /// <summary>The whole header in version 1.0, padded with spaces to a multiple of 64 bytes, as NumPy writes it.</summary>
    public byte[] Encode()
    {
        var shape = Shape.Count == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";
        var dictionary = $"{{'descr': '{Type.DescriptionOf()}', 'fortran_order': False, 'shape': {shape}, }}";
        var start = VersionOneStart.Length + sizeof(ushort);
        var total = (start + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var text = dictionary.PadRight(total - start - 1) + "\n";
        return [.. VersionOneStart, (byte)text.Length, checked((byte)(text.Length >> 8)), .. Encoding.ASCII.GetBytes(text)];
    }

    /// <summary>Reads the dictionary. What is wrong is a <see cref="FormatException"/> without a full stop.</summary>
    public static NpyHeader Parse(string dictionary)
    {
        var match = Dictionary().Match(dictionary);
        if (!match.Success)
            throw new FormatException("its header is not the dictionary that NumPy writes");
        var keys = match.Groups["key"].Captures.Select(capture => capture.Value).ToArray();
        var values = match.Groups["value"].Captures.Select(capture => capture.Value).ToArray();
        if (!keys.Order(StringComparer.Ordinal).SequenceEqual(["descr", "fortran_order", "shape"]))
            throw new FormatException("its header does not hold descr, fortran_order and shape, each once, and nothing else");

        var type = values[Array.IndexOf(keys, "descr")].Trim('\'', '"');
        if (!NpyTypes.TryParse(type, out var parsed))
            throw new FormatException($"it is of the type {type}, and only float32, float64, uint8, int32 and int64 can be read");
        return values[Array.IndexOf(keys, "fortran_order")] switch
        {
            "False" => new NpyHeader(parsed, ParseShape(values[Array.IndexOf(keys, "shape")])),
            "True" => throw new FormatException("it is in Fortran order: save numpy.ascontiguousarray of it"),
            _ => throw new FormatException("its fortran_order is neither True nor False"),
        };
    }

    private static int[] ParseShape(string tuple)
    {
        if (tuple[0] != '(')
            throw new FormatException("its shape is not a tuple");
        var sizes = tuple[1..^1].Split(',', StringSplitOptions.TrimEntries);
        // A tuple may end with a comma, and with one number has to; without any, it has none.
        if (sizes.Length == 1 && sizes[0].Length > 0)
            throw new FormatException("its shape is not a tuple");
        if (sizes[^1].Length == 0)
            sizes = sizes[..^1];
        return [.. sizes.Select(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"it has a dimension of size '{size}', and whole numbers up to {int.MaxValue} can be read"))];
    }

    [GeneratedRegex(@$"^\{{{Item},{Item},{Item},?\s*\}}\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Dictionary();
}
