using System.Security.Cryptography;
using CsCheck;

namespace Elbo.Tests;

public sealed class IdxFileTests : IDisposable
{
    private const int LittleMemory = 1 << 20;
    private static readonly byte[] Whole = IdxBytes.File([2, 1, 3], [1, 2, 3, 4, 5, 6]);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_read_raw_or_gzipped_by_its_content_whatever_its_name()
    {
        foreach (var bytes in new[] { Whole, IdxBytes.Gzip(Whole) })
        {
            var array = IdxFile.Read(_folder.Write("file", bytes));

            Assert.Equal([2, 1, 3], array.Dimensions);
            Assert.Equal([1, 2, 3, 4, 5, 6], array.Data.ToArray());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Whole)), array.Sha256);
        }
    }

    [Fact]
    public void A_large_gzipped_file_is_read_whole()
    {
        var data = new byte[300_000];
        new Random(5).NextBytes(data);

        var array = IdxFile.Read(_folder.Write("file", IdxBytes.Gzip(IdxBytes.File([300, 1000], data))));

        Assert.Equal(data, array.Data.ToArray());
    }

    [Fact]
    public void The_bytes_written_are_those_of_the_format()
    {
        IdxFile.Write(_folder["raw"], new IdxArray([2, 1, 3], new byte[] { 1, 2, 3, 4, 5, 6 }));

        Assert.Equal([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6], File.ReadAllBytes(_folder["raw"]));
    }

    [Fact]
    public void Another_program_unpacks_what_is_written_gzipped()
    {
        IdxFile.Write(_folder["packed.gz"], new IdxArray([2, 1, 3], new byte[] { 1, 2, 3, 4, 5, 6 }));

        var printed = Python.Run("import gzip, sys; print(gzip.open(sys.argv[1]).read().hex())", ["gzip"], _folder["packed.gz"]);

        Assert.Equal(Convert.ToHexStringLower(Whole) + "\n", printed);
    }

    [Fact]
    public void The_same_array_gives_the_same_packed_bytes()
    {
        var array = new IdxArray([6], new byte[] { 1, 2, 3, 4, 5, 6 });
        IdxFile.Write(_folder["a.gz"], array);
        Thread.Sleep(1_100);
        IdxFile.Write(_folder["b.gz"], array);

        Assert.Equal(File.ReadAllBytes(_folder["a.gz"]), File.ReadAllBytes(_folder["b.gz"]));
    }

    public static TheoryData<string, byte[]> Broken() => new()
    {
        { "two zero bytes", [1, 0, 8, 1, 0, 0, 0, 1, 5] },
        { "two zero bytes", [0, 1, 8, 1, 0, 0, 0, 1, 5] },
        { "two zero bytes", "<html>not found</html>"u8.ToArray() },
        { "IDX type 0d", IdxBytes.File([1], [0, 0, 0, 0], type: 0x0d) },
        { "0 dimensions", IdxBytes.File([], [5]) },
        { "5 dimensions", IdxBytes.File([1, 1, 1, 1, 1], [5]) },
        { "dimension of size 0", IdxBytes.File([0, 28, 28], []) },
        { "dimension of size 4294967295", IdxBytes.File([uint.MaxValue], [5]) },
        { "goes on after", IdxBytes.File([2, 2], [1, 2, 3, 4, 5]) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_no_idx_file_of_bytes_is_refused_raw_and_gzipped(string reason, byte[] bytes)
    {
        foreach (var content in new[] { bytes, IdxBytes.Gzip(bytes) })
        {
            var path = _folder.Write("file", content);

            var thrown = Assert.Throws<DataException>(() => IdxFile.Read(path));

            Assert.StartsWith(path, thrown.Message, StringComparison.Ordinal);
            Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_raw_and_gzipped()
    {
        foreach (var whole in new[] { Whole, IdxBytes.Gzip(Whole) })
        {
            for (var length = 0; length < whole.Length; length++)
            {
                var path = _folder.Write("file", whole[..length]);
                Assert.Throws<DataException>(() => IdxFile.Read(path));
            }
        }
    }

    [Fact]
    public void A_gzipped_file_whose_content_does_not_fit_its_checksum_is_refused()
    {
        var packed = IdxBytes.Gzip(Whole);
        packed[^6] ^= 1;

        var thrown = Assert.Throws<DataException>(() => IdxFile.Read(_folder.Write("file.gz", packed)));

        Assert.Contains("corrupt", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzipped_file_with_one_byte_changed_is_read_or_refused_but_nothing_else_happens()
    {
        var whole = IdxBytes.Gzip(Whole);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var changed = whole.ToArray();
            changed[position] = value;
            var path = _folder.Write(Guid.NewGuid().ToString("N"), changed);
            try
            {
                Assert.Equal([1, 2, 3, 4, 5, 6], IdxFile.Read(path).Data.ToArray());
            }
            catch (DataException)
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
    public void A_header_that_announces_what_is_not_there_takes_no_memory_for_it(uint[] dimensions)
    {
        var raw = IdxBytes.File(dimensions, [1, 2, 3]);
        foreach (var content in new[] { raw, IdxBytes.Gzip(raw) })
        {
            var path = _folder.Write("file", content);
            var before = GC.GetAllocatedBytesForCurrentThread();

            Assert.Throws<DataException>(() => IdxFile.Read(path));

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LittleMemory);
        }
    }

    [Fact]
    public void A_packed_file_that_could_hold_what_it_announces_takes_memory_only_for_what_is_there()
    {
        // Noise of 100 kB packs to 100 kB, in which by its size alone 100 MB could hide.
        var data = new byte[100_000];
        new Random(1).NextBytes(data);
        var path = _folder.Write("file", IdxBytes.Gzip(IdxBytes.File([100_000_000], data)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var thrown = Assert.Throws<DataException>(() => IdxFile.Read(path));

        Assert.Contains("truncated", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LittleMemory);
    }

    [Fact]
    public void What_unpacks_to_far_more_than_its_header_announces_is_refused_after_that_much()
    {
        var path = _folder.Write("file", IdxBytes.Gzip(IdxBytes.File([4], new byte[50_000_000])));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DataException>(() => IdxFile.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LittleMemory);
    }
}
