using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>The header of a NumPy file: a Python dictionary with exactly the keys descr, fortran_order and shape.</summary>
internal sealed partial record NpyHeader(NpyType Type, IReadOnlyList<int> Shape)
{
    private const int Alignment = 64;

    private const int MaxSizeText = 20;

    // What NumPy itself allows.
    private const int MaxDimensions = 64;

    private const string Item = @"\s*['""](?<key>\w+)['""]\s*:\s*(?<value>'[^'""]*'|""[^'""]*""|True|False|\([0-9, ]*\))\s*";

    // The magic string and version 1.0; a two-byte length and the dictionary follow.
    private static readonly byte[] VersionOneStart = [0x93, .. "NUMPY"u8, 1, 0];

    /// <summary>The size of the elements in bytes.</summary>
    /// <exception cref="OverflowException">The size exceeds 64 bits.</exception>
    public long DataLength => Shape.Aggregate((long)Type.SizeOf(), (size, dimension) => checked(size * dimension));

    /// <summary>Encodes the complete header in version 1.0, padded with spaces to a multiple of 64 bytes, as NumPy does.</summary>
    public byte[] Encode()
    {
        var shape = Shape.Count == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";
        var dictionary = $"{{'descr': '{Type.DescriptionOf()}', 'fortran_order': False, 'shape': {shape}, }}";
        var start = VersionOneStart.Length + sizeof(ushort);
        var total = (start + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var text = dictionary.PadRight(total - start - 1) + "\n";
        return [.. VersionOneStart, (byte)text.Length, checked((byte)(text.Length >> 8)), .. Encoding.ASCII.GetBytes(text)];
    }

    /// <summary>Parses the dictionary. Errors are a <see cref="FormatException"/> whose message has no final full stop.</summary>
    public static NpyHeader Parse(string dictionary)
    {
        var match = Dictionary().Match(dictionary);
        if (!match.Success)
            throw new FormatException("its header is not a dictionary as NumPy writes it");
        var keys = match.Groups["key"].Captures.Select(capture => capture.Value).ToArray();
        var values = match.Groups["value"].Captures.Select(capture => capture.Value).ToArray();
        if (!keys.Order(StringComparer.Ordinal).SequenceEqual(["descr", "fortran_order", "shape"]))
            throw new FormatException("its header does not have exactly the keys descr, fortran_order and shape");

        var type = values[Array.IndexOf(keys, "descr")].Trim('\'', '"');
        if (!NpyTypes.TryParse(type, out var parsed))
        {
            throw new FormatException(
                $"it is of the type {Shorten(type)}, but only float32, float64, uint8, int32 and int64 are supported");
        }

        return values[Array.IndexOf(keys, "fortran_order")] switch
        {
            "False" => new NpyHeader(parsed, ParseShape(values[Array.IndexOf(keys, "shape")])),
            "True" => throw new FormatException("it is in Fortran order: save it with numpy.ascontiguousarray"),
            _ => throw new FormatException("its fortran_order is neither True nor False"),
        };
    }

    private static int[] ParseShape(string tuple)
    {
        if (tuple[0] != '(')
            throw new FormatException("its shape is not a tuple");
        var sizes = tuple[1..^1].Split(',', StringSplitOptions.TrimEntries);
        // A tuple may end with a comma; with one element it must.
        if (sizes.Length == 1 && sizes[0].Length > 0)
            throw new FormatException("its shape is not a tuple");
        if (sizes[^1].Length == 0)
            sizes = sizes[..^1];
        if (sizes.Length > MaxDimensions)
            throw new FormatException($"its shape has {sizes.Length} dimensions, but at most {MaxDimensions} are possible");
        return [.. sizes.Select(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"it has a dimension of size '{Shorten(size)}', but sizes must be integers up to {int.MaxValue}"))];
    }

    private static string Shorten(string text) => text.Length > MaxSizeText ? text[..MaxSizeText] + "..." : text;

    [GeneratedRegex(@$"^\{{{Item},{Item},{Item},?\s*\}}\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Dictionary();
}
