using System.Text;

namespace Elbo.Tests;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_written_bytes_match_those_of_numpy()
    {
        NpyFile.Write(_folder["file"], [2, 1], new[] { 1f, -2f });

        var dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }".PadRight(117) + "\n";
        byte[] expected =
        [
            0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(dictionary), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0,
        ];
        Assert.Equal(expected, File.ReadAllBytes(_folder["file"]));
    }

    [Theory]
    [InlineData("()", 1)]
    [InlineData("(3,)", 3)]
    [InlineData("(0,)", 0)]
    [InlineData("(2, 3, 4, 5)", 120)]
    public void The_shape_of_every_rank_is_written_as_a_python_tuple_and_read_back(string tuple, int count)
    {
        int[] shape = [.. tuple.Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        float[] values = [.. Enumerable.Range(0, count).Select(i => i / 7f)];

        NpyFile.Write(_folder["file"], shape, values);

        Assert.Contains($"'shape': {tuple},", Encoding.Latin1.GetString(File.ReadAllBytes(_folder["file"])), StringComparison.Ordinal);
        var array = NpyFile.Read(_folder["file"]);
        Assert.Equal(shape, array.Shape);
        Assert.Equal(values, array.ToFloats());
    }

    [Fact]
    public void The_data_starts_at_a_multiple_of_64_bytes()
    {
        foreach (var rank in Enumerable.Range(1, 32))
        {
            NpyFile.Write(_folder["file"], [.. Enumerable.Repeat(1, rank)], new[] { 1f });

            Assert.Equal(0, (new FileInfo(_folder["file"]).Length - sizeof(float)) % 64);
            Assert.Equal(rank, NpyFile.Read(_folder["file"]).Shape.Count);
        }
    }

    [Fact]
    public void A_shape_that_does_not_match_the_values_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => NpyFile.Write(_folder["file"], [2, 2], new float[3]));
        Assert.False(File.Exists(_folder["file"]));
    }

    [Fact]
    public void Numpy_reads_written_files()
    {
        NpyFile.Write(_folder["file"], [2, 3], new[] { 0f, 0.5f, -1f, float.MaxValue, float.Epsilon, float.NaN });

        var printed = Python.Run(
            "import numpy, sys; a = numpy.load(sys.argv[1]); print(a.dtype, a.shape, a.flags.c_contiguous, a.tobytes().hex())",
            ["numpy"],
            _folder["file"]);

        Assert.Equal("float32 (2, 3) True 000000000000003f000080bfffff7f7f010000000000c0ff\n", printed);
    }

    [Theory]
    [InlineData("float32", "0.0 0.25 2.0 -1.0", nameof(NpyType.Float32))]
    [InlineData("float64", "0.0 0.1 -1e300 3.0", nameof(NpyType.Float64))]
    [InlineData("uint8", "0 1 128 255", nameof(NpyType.UInt8))]
    [InlineData("int32", "0 -1 2147483647 -2147483648", nameof(NpyType.Int32))]
    [InlineData("int64", "0 -1 9223372036854775807 -9223372036854775808", nameof(NpyType.Int64))]
    public void Files_written_by_numpy_are_read(string type, string values, string expected)
    {
        Python.Run(
            "import numpy, sys; numpy.save(sys.argv[1], numpy.array(sys.argv[3].split(), dtype=sys.argv[2]).reshape(2, 2))",
            ["numpy"],
            _folder["file.npy"],
            type,
            values);

        var array = NpyFile.Read(_folder["file.npy"]);

        Assert.Equal(expected, array.Type.ToString());
        Assert.Equal([2, 2], array.Shape);
        if (array.IsFloating)
        {
            var exact = type == "float32"
                ? values.Split(' ').Select(value => (double)float.Parse(value))
                : values.Split(' ').Select(double.Parse);
            Assert.Equal(exact, array.FloatingValues());
        }
        else
        {
            Assert.Equal(values.Split(' ').Select(long.Parse), array.WholeValues());
        }
    }

    [Fact]
    public void Later_versions_of_the_format_are_read()
    {
        foreach (var version in new[] { "(1, 0)", "(2, 0)", "(3, 0)" })
        {
            Python.Run(
                $"import numpy, sys; numpy.lib.format.write_array(open(sys.argv[1], 'wb'), numpy.arange(3, dtype='u1'), version={version})",
                ["numpy"],
                _folder["file"]);

            Assert.Equal([0, 1, 2], NpyFile.Read(_folder["file"]).Data.ToArray());
        }
    }
}
