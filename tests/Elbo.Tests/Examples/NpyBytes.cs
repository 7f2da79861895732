using System.Text;

namespace Elbo.Tests;

/// <summary>Creates NumPy files byte by byte.</summary>
internal static class NpyBytes
{
    public static byte[] File(string description, string shape, params byte[] data)
    {
        var header = $"{{'descr': '{description}', 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    public static byte[] Floats(string shape, params float[] values) =>
        File("<f4", shape, [.. values.SelectMany(value => BitConverter.GetBytes(value))]);

    public static byte[] Doubles(string shape, params double[] values) =>
        File("<f8", shape, [.. values.SelectMany(value => BitConverter.GetBytes(value))]);

    public static byte[] Int64s(string shape, params long[] values) =>
        File("<i8", shape, [.. values.SelectMany(value => BitConverter.GetBytes(value))]);
}
