using System.Security.Cryptography;
using CsCheck;

namespace Elbo.Tests;

public sealed class IdxFileTests : IDisposable
{
    private const int MaxAllocatedBytes = 1 << 20;
    private static readonly byte[] Complete = IdxBytes.File([2, 1, 3], [1, 2, 3, 4, 5, 6]);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gzip_is_detected_from_the_content_and_not_from_the_name()
    {
        foreach (var bytes in new[] { Complete, IdxBytes.Gzip(Complete) })
        {
            var array = IdxFile.Read(_folder.Write("file", bytes));

            Assert.Equal([2, 1, 3], array.Dimensions);
            Assert.Equal([1, 2, 3, 4, 5, 6], array.Data.Slice(0, (int)array.Data.Length).ToArray());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Complete)), array.Sha256);
        }
    }

    [Fact]
    public void A_large_gzipped_file_is_read_completely()
    {
        var data = new byte[300_000];
        new Random(5).NextBytes(data);

        var array = IdxFile.Read(_folder.Write("file", IdxBytes.Gzip(IdxBytes.File([300, 1000], data))));

        Assert.Equal(data, array.Data.Slice(0, (int)array.Data.Length).ToArray());
    }

    [Fact]
    public void The_written_bytes_match_the_format()
    {
        IdxFile.Write(_folder["raw"], new IdxArray([2, 1, 3], new byte[] { 1, 2, 3, 4, 5, 6 }));

        Assert.Equal([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6], File.ReadAllBytes(_folder["raw"]));
    }

    [Fact]
    public void Another_program_decompresses_a_written_gzipped_file()
    {
        IdxFile.Write(_folder["packed.gz"], new IdxArray([2, 1, 3], new byte[] { 1, 2, 3, 4, 5, 6 }));

        var printed = Python.Run("import gzip, sys; print(gzip.open(sys.argv[1]).read().hex())", ["gzip"], _folder["packed.gz"]);

        Assert.Equal(Convert.ToHexStringLower(Complete) + "\n", printed);
    }

    [Fact]
    public void The_same_array_gives_the_same_compressed_bytes()
    {
        var array = new IdxArray([6], new byte[] { 1, 2, 3, 4, 5, 6 });
        IdxFile.Write(_folder["a.gz"], array);
        Thread.Sleep(1_100);
        IdxFile.Write(_folder["b.gz"], array);

        Assert.Equal(File.ReadAllBytes(_folder["a.gz"]), File.ReadAllBytes(_folder["b.gz"]));
    }

    public static TheoryData<string, byte[]> InvalidFiles() => new()
    {
        { "two zero bytes", [1, 0, 8, 1, 0, 0, 0, 1, 5] },
        { "two zero bytes", [0, 1, 8, 1, 0, 0, 0, 1, 5] },
        { "two zero bytes", "<html>not found</html>"u8.ToArray() },
        { "IDX type 0d", IdxBytes.File([1], [0, 0, 0, 0], type: 0x0d) },
        { "0 dimensions", IdxBytes.File([], [5]) },
        { "5 dimensions", IdxBytes.File([1, 1, 1, 1, 1], [5]) },
        { "dimension of size 0", IdxBytes.File([0, 28, 28], []) },
        { "dimension of size 4294967295", IdxBytes.File([uint.MaxValue], [5]) },
        { "continues after", IdxBytes.File([2, 2], [1, 2, 3, 4, 5]) },
    };

    [Theory]
    [MemberData(nameof(InvalidFiles))]
    public void An_invalid_file_is_rejected_raw_and_gzipped(string reason, byte[] bytes)
    {
        foreach (var content in new[] { bytes, IdxBytes.Gzip(bytes) })
        {
            var path = _folder.Write("file", content);

            var thrown = Assert.Throws<InputException>(() => IdxFile.Read(path));

            Assert.StartsWith(path, thrown.Message, StringComparison.Ordinal);
            Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_truncated_file_is_rejected_raw_and_gzipped()
    {
        foreach (var complete in new[] { Complete, IdxBytes.Gzip(Complete) })
        {
            for (var length = 0; length < complete.Length; length++)
            {
                var path = _folder.Write("file", complete[..length]);
                Assert.Throws<InputException>(() => IdxFile.Read(path));
            }
        }
    }

    [Fact]
    public void A_gzipped_file_is_not_unpacked_beyond_what_its_header_declares()
    {
        // 64 MB of zeros after the six values.
        var bomb = IdxBytes.Gzip([.. Complete, .. new byte[1 << 26]]);
        Assert.InRange(bomb.Length, 0, 1 << 17);
        var path = _folder.Write("file.gz", bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var thrown = Assert.Throws<InputException>(() => IdxFile.Read(path));

        Assert.Contains("continues after the 6 values", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
    }

    [Fact]
    public void A_gzipped_file_with_a_wrong_checksum_is_rejected()
    {
        var compressed = IdxBytes.Gzip(Complete);
        compressed[^6] ^= 1;

        var thrown = Assert.Throws<InputException>(() => IdxFile.Read(_folder.Write("file.gz", compressed)));

        Assert.Contains("corrupt", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzipped_file_with_one_changed_byte_is_read_or_rejected()
    {
        var complete = IdxBytes.Gzip(Complete);
        Gen.Select(Gen.Int[0, complete.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var changed = complete.ToArray();
            changed[position] = value;
            var path = _folder.Write(Guid.NewGuid().ToString("N"), changed);
            try
            {
                Assert.Equal([1, 2, 3, 4, 5, 6], IdxFile.Read(path).Data.Slice(0, 6).ToArray());
            }
            catch (InputException)
            {
            }

            File.Delete(path);
        }, iter: 2_000);
    }

    [Theory]
    [InlineData(new uint[] { 2_000_000_000 })]
    [InlineData(new uint[] { 60_000, 28, 28 })]
    [InlineData(new uint[] { 2_000_000_000, 2_000_000_000, 2_000_000_000 })]
    [InlineData(new uint[] { 65536, 65536, 65536, 65536 })]
    public void No_memory_is_allocated_for_declared_data_that_is_missing(uint[] dimensions)
    {
        var raw = IdxBytes.File(dimensions, [1, 2, 3]);
        foreach (var content in new[] { raw, IdxBytes.Gzip(raw) })
        {
            var path = _folder.Write("file", content);
            var before = GC.GetAllocatedBytesForCurrentThread();

            Assert.Throws<InputException>(() => IdxFile.Read(path));

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
        }
    }

    [Fact]
    public void Memory_is_allocated_only_for_the_data_in_a_compressed_file()
    {
        // 100 kB of noise are incompressible, and a compressed file of this size could contain the declared 100 MB.
        var data = new byte[100_000];
        new Random(1).NextBytes(data);
        var path = _folder.Write("file", IdxBytes.Gzip(IdxBytes.File([100_000_000], data)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var thrown = Assert.Throws<InputException>(() => IdxFile.Read(path));

        Assert.Contains("truncated", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
    }

    [Fact]
    public void A_file_that_decompresses_to_more_than_its_header_declares_is_rejected_without_decompressing_all_of_it()
    {
        var path = _folder.Write("file", IdxBytes.Gzip(IdxBytes.File([4], new byte[50_000_000])));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InputException>(() => IdxFile.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
    }
}
