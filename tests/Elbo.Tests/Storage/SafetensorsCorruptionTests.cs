using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Elbo.Tests;

public sealed class SafetensorsCorruptionTests : IDisposable
{
    private const int MaxAllocatedBytes = 1 << 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Every header in these tests is followed by eight bytes of data.
    [Theory]
    [InlineData("not JSON", "{\"a\":}")]
    [InlineData("JSON that ends early", "{\"a\":{\"dtype\":\"F32\"")]
    [InlineData("content after the object", "{} {}")]
    [InlineData("a comment", "{/**/}")]
    [InlineData("an array", "[]")]
    [InlineData("a space before the object", " {\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("no tensors for the data", "{}")]
    [InlineData("a tensor that is a number", "{\"a\":1}")]
    [InlineData("an unknown type", "{\"a\":{\"dtype\":\"F7\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("a type in lower case", "{\"a\":{\"dtype\":\"f32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("a type by number", "{\"a\":{\"dtype\":9,\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("an unknown key", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}")]
    [InlineData("no type", "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}")]
    [InlineData("no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}")]
    [InlineData("one offset", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]}}")]
    [InlineData("three offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}")]
    [InlineData("a negative offset", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}")]
    [InlineData("a fractional offset", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8.5]}}")]
    [InlineData("an offset beyond 64 bits", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,18446744073709551624]}}")]
    [InlineData("an end before the start", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}")]
    [InlineData("an end beyond the file", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}")]
    [InlineData("a start beyond the file", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[800,808]}}")]
    [InlineData("fewer bytes than the shape", "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}")]
    [InlineData("more bytes than the shape", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}")]
    [InlineData("a negative dimension", "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}")]
    [InlineData("a shape that is not an array", "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}")]
    [InlineData("a product beyond 64 bits", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}")]
    [InlineData("a product that overflows to the size of the data",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,2],\"data_offsets\":[0,8]}}")]
    [InlineData("a length whose size overflows",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[2305843009213693953],\"data_offsets\":[0,8]}}")]
    [InlineData("a gap at the start", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")]
    [InlineData("a gap in between",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}")]
    [InlineData("a gap at the end", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("an overlap",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[0,5]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}")]
    [InlineData("the same bytes twice",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("a duplicate name",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}")]
    [InlineData("a duplicate name, once escaped",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
        + "\"\\u0061\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}")]
    [InlineData("a duplicate key", "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("an empty name", "{\"\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("half a surrogate pair as a name", "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("metadata that is a number", "{\"__metadata__\":{\"k\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("metadata that is not an object", "{\"__metadata__\":[],\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("duplicate metadata",
        "{\"__metadata__\":{},\"__metadata__\":{},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    public void An_invalid_header_is_rejected(string what, string header)
    {
        var path = _folder.Write("file", WithLength(Encoding.UTF8.GetBytes(header), new byte[8]));

        var thrown = Assert.Throws<InputException>(() => SafetensorsFile.Read(path));

        Assert.StartsWith(path, thrown.Message, StringComparison.Ordinal);
        Assert.True(thrown.Message.EndsWith('.'), what);
    }

    [Fact]
    public void The_same_file_with_a_valid_header_is_read()
    {
        const string header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}  \n";

        var file = SafetensorsFile.Read(_folder.Write("file", WithLength(Encoding.UTF8.GetBytes(header), new byte[8])));

        Assert.Equal(8, file["a"].Data.Length);
    }

    [Fact]
    public void A_header_that_is_not_UTF8_is_rejected()
    {
        byte[] header = [.. "{\"\xff\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"u8];
        header[Array.IndexOf(header, (byte)0xc3)] = 0xff;

        Assert.Throws<InputException>(() => SafetensorsFile.Read(_folder.Write("file", WithLength(header, new byte[8]))));
    }

    [Theory]
    [InlineData(3UL)]
    [InlineData(11UL)]
    [InlineData(99_999_999UL)]
    [InlineData(100_000_001UL)]
    [InlineData(0x7fff_ffff_ffff_ffffUL)]
    [InlineData(0xffff_ffff_ffff_ffffUL)]
    public void An_invalid_header_length_is_rejected_without_allocating_memory_for_it(ulong length)
    {
        var bytes = new byte[18];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        "{}        "u8.CopyTo(bytes.AsSpan(8));
        var path = _folder.Write("file", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InputException>(() => SafetensorsFile.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
    }

    [Fact]
    public void No_memory_is_allocated_for_declared_data_that_is_missing()
    {
        const string header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[2000000000],\"data_offsets\":[0,2000000000]}}";
        var path = _folder.Write("file", WithLength(Encoding.UTF8.GetBytes(header), new byte[8]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InputException>(() => SafetensorsFile.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
    }

    [Fact]
    public void A_truncated_file_is_rejected()
    {
        var complete = Example();
        for (var length = 0; length < complete.Length; length++)
            Assert.Throws<InputException>(() => SafetensorsFile.Read(_folder.Write("file", complete[..length])));
        Assert.Throws<InputException>(() => SafetensorsFile.Read(_folder.Write("file", [.. complete, 0])));
    }

    [Fact]
    public void A_file_with_one_changed_byte_is_read_or_rejected()
    {
        var complete = Example();
        Gen.Select(Gen.Int[0, complete.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var changed = complete.ToArray();
            changed[position] = value;
            var path = _folder.Write(Guid.NewGuid().ToString("N"), changed);
            try
            {
                var file = SafetensorsFile.Read(path);
                Assert.Equal(12, file.Entries.Sum(entry => entry.Data.Length));
            }
            catch (InputException)
            {
            }

            File.Delete(path);
        }, iter: 3_000);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_reported()
    {
        Assert.Contains("does not exist", Assert.Throws<InputException>(() => SafetensorsFile.Read(_folder["none"])).Message,
            StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<InputException>(() => SafetensorsFile.Read(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    private static byte[] Example()
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(
            stream,
            [
                new("encoder.weight", SafetensorsType.F32, [2, 1], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
                new("flags", SafetensorsType.Bool, [4], new byte[] { 0, 1, 1, 0 }),
            ],
            new Dictionary<string, string> { ["epoch"] = "12" });
        return stream.ToArray();
    }

    private static byte[] WithLength(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. data];
    }
}
