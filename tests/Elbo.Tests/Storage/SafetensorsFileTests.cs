using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Elbo.Tests;

public sealed class SafetensorsFileTests : IDisposable
{
    // Reads a file according to the specification, and prints it.
    private const string Reader = """
        import json, struct, sys
        data = open(sys.argv[1], "rb").read()
        (length,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8:8 + length].decode("utf-8"))
        print("aligned", length % 8)
        print(json.dumps(header.pop("__metadata__"), sort_keys=True))
        for name in sorted(header):
            begin, end = header[name]["data_offsets"]
            code = {"F32": "f", "I64": "q", "U8": "B"}[header[name]["dtype"]]
            values = struct.unpack("<%d%s" % ((end - begin) // struct.calcsize(code), code), data[8 + length:][begin:end])
            print(name, header[name]["dtype"], header[name]["shape"], list(values))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_assembled_byte_by_byte_is_read()
    {
        const string header = """
            {"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}
            """;
        byte[] length = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0];
        byte[] bytes = [.. length, .. Encoding.UTF8.GetBytes(header), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7, 8, 9];

        var file = SafetensorsFile.Read(_folder.Write("file", bytes));

        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
        Assert.Equal((SafetensorsType.F32, 1f, -2f), (file["a"].Type, Single(file["a"], 0), Single(file["a"], 1)));
        Assert.Equal([1, 2], file["a"].Shape);
        Assert.Equal([7, 8, 9], file["b"].Data.ToArray());
        Assert.Empty(file.Metadata);
        Assert.False(file.TryGet("c", out _));
    }

    [Fact]
    public void The_written_bytes_match_the_format()
    {
        SafetensorsEntry[] entries =
        [
            new("b", SafetensorsType.U8, [3], new byte[] { 7, 8, 9 }),
            new("a", SafetensorsType.F32, [], new byte[] { 0, 0, 0x80, 0x3f }),
        ];

        SafetensorsFile.Write(_folder["file"], entries, new Dictionary<string, string> { ["z"] = "\"é\"", ["y"] = "1" });

        const string metadata = """{"__metadata__":{"y":"1","z":"\"é\""}""";
        const string first = ""","a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}""";
        const string second = ""","b":{"dtype":"U8","shape":[3],"data_offsets":[4,7]}}""";
        // 143 bytes, because é has two, so one space pads the header to a multiple of eight.
        var header = Encoding.UTF8.GetBytes(metadata + first + second + " ");
        byte[] length = [144, 0, 0, 0, 0, 0, 0, 0];
        byte[] expected = [.. length, .. header, 0, 0, 0x80, 0x3f, 7, 8, 9];
        Assert.Equal(expected, File.ReadAllBytes(_folder["file"]));
    }

    [Fact]
    public void The_order_of_tensors_and_metadata_does_not_change_the_bytes()
    {
        SafetensorsEntry[] entries =
        [
            new("x", SafetensorsType.F64, [1], new byte[8]),
            new("y", SafetensorsType.F32, [2], new byte[8]),
            new("A", SafetensorsType.F32, [1], new byte[4]),
        ];

        SafetensorsFile.Write(_folder["one"], entries, new Dictionary<string, string> { ["k"] = "1", ["j"] = "2" });
        SafetensorsFile.Write(_folder["two"], [.. entries.Reverse()], new Dictionary<string, string> { ["j"] = "2", ["k"] = "1" });

        Assert.Equal(File.ReadAllBytes(_folder["one"]), File.ReadAllBytes(_folder["two"]));
    }

    [Fact]
    public void Another_program_reads_the_same_content()
    {
        var floats = new byte[12];
        BinaryPrimitives.WriteSingleLittleEndian(floats, 0.5f);
        BinaryPrimitives.WriteSingleLittleEndian(floats.AsSpan(4), -3f);
        BinaryPrimitives.WriteSingleLittleEndian(floats.AsSpan(8), 1024f);
        var whole = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(whole, -5_000_000_000);
        SafetensorsFile.Write(
            _folder["file"],
            [
                new("bytes", SafetensorsType.U8, [1, 2], new byte[] { 0, 255 }),
                new("floats", SafetensorsType.F32, [3, 1], floats),
                new("nothing", SafetensorsType.F32, [0, 4], ReadOnlyMemory<byte>.Empty),
                new("whole", SafetensorsType.I64, [], whole),
            ],
            new Dictionary<string, string> { ["note"] = "line\nline", ["größe"] = "ä" });

        var printed = Python.Run(Reader, ["json", "struct"], _folder["file"]);

        Assert.Equal(
            """
            aligned 0
            {"gr\u00f6\u00dfe": "\u00e4", "note": "line\nline"}
            bytes U8 [1, 2] [0, 255]
            floats F32 [3, 1] [0.5, -3.0, 1024.0]
            nothing F32 [0, 4] []
            whole I64 [] [-5000000000]

            """,
            printed);
    }

    [Fact]
    public void Random_content_survives_a_round_trip()
    {
        var name = Gen.String[Gen.Char[' ', '\u07ff'], 1, 12];
        var entry = Gen.Select(name, Gen.Enum<SafetensorsType>(), Gen.Int[0, 4].Array[0, 3], Gen.ULong).Select(Make);
        Gen.Select(entry.List[0, 5], Gen.Dictionary(name, Gen.String[Gen.Char[' ', '\u07ff'], 0, 20])[0, 4]).Sample((entries, metadata) =>
        {
            entries = [.. entries.DistinctBy(each => each.Name)];
            var path = _folder[Guid.NewGuid().ToString("N")];
            SafetensorsFile.Write(path, entries, metadata);
            var file = SafetensorsFile.Read(path);
            File.Delete(path);

            Assert.Equal(entries.Count, file.Entries.Count);
            foreach (var expected in entries)
            {
                Assert.Equal(expected.Type, file[expected.Name].Type);
                Assert.Equal(expected.Shape, file[expected.Name].Shape);
                Assert.Equal(expected.Data.ToArray(), file[expected.Name].Data.ToArray());
            }

            Assert.Equal(metadata, file.Metadata.ToDictionary());
        }, iter: 300);

        static SafetensorsEntry Make(string name, SafetensorsType type, int[] shape, ulong seed)
        {
            var data = new byte[shape.Aggregate(type.SizeOf(), (size, dimension) => size * dimension)];
            new Random((int)seed).NextBytes(data);
            return new SafetensorsEntry(name, type, [.. shape.Select(dimension => (long)dimension)], data);
        }
    }

    [Fact]
    public void Content_that_is_not_valid_in_the_format_is_not_written()
    {
        var valid = new SafetensorsEntry("a", SafetensorsType.U8, [2], new byte[2]);

        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(Stream.Null, [valid, valid]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(Stream.Null, [valid with { Name = "" }]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(Stream.Null, [valid with { Name = "__metadata__" }]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(Stream.Null, [valid with { Shape = [3] }]));
    }

    private static float Single(SafetensorsEntry entry, int index) =>
        BinaryPrimitives.ReadSingleLittleEndian(entry.Data.Span[(4 * index)..]);
}
