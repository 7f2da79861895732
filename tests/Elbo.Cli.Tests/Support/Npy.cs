using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

/// <summary>Reads a NumPy file of version 1.0 independently of the library's own reader.</summary>
internal static partial class Npy
{
    public static (int[] Shape, float[] Values) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        var length = bytes[8] + 256 * bytes[9];
        var header = Encoding.ASCII.GetString(bytes, 10, length);
        Assert.Contains("'descr': '<f4'", header, StringComparison.Ordinal);
        Assert.Contains("'fortran_order': False", header, StringComparison.Ordinal);
        int[] shape = [.. Number().Matches(Shape().Match(header).Value).Select(match => int.Parse(match.Value))];
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + length)).ToArray();
        Assert.Equal(shape.Aggregate(1, (product, size) => product * size), values.Length);
        return (shape, values);
    }

    [GeneratedRegex(@"\([0-9, ]*\)")]
    private static partial Regex Shape();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
