using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Elbo.Tests;

public sealed class NpyCorruptionTests : IDisposable
{
    private const int MaxAllocatedBytes = 1 << 20;
    private const string Valid = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Every header in these tests is followed by eight bytes of data.
    [Theory]
    [InlineData("Fortran order", "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }")]
    [InlineData("type <f2", "{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }")]
    [InlineData("type >f4", "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("type |O", "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("not a dictionary", "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("exactly the keys", "{'descr': '<f4', 'descr': '<f4', 'shape': (2,), }")]
    [InlineData("exactly the keys", "{'descr': '<f4', 'order': False, 'shape': (2,), }")]
    [InlineData("not a dictionary", "{'descr': '<f4', 'fortran_order': False, }")]
    [InlineData("not a dictionary", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 'x'}")]
    [InlineData("not a dictionary", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x")]
    [InlineData("not a dictionary", "")]
    [InlineData("not a dictionary", "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }")]
    [InlineData("neither True nor False", "{'descr': '<f4', 'fortran_order': 'no', 'shape': (2,), }")]
    [InlineData("not a dictionary", "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }")]
    [InlineData("not a tuple", "{'descr': '<f4', 'fortran_order': False, 'shape': (2), }")]
    [InlineData("not a tuple", "{'descr': '<f4', 'fortran_order': False, 'shape': True, }")]
    [InlineData("size ''", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,2), }")]
    [InlineData("size '1 1'", "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1, 2), }")]
    [InlineData("size '99999999999'", "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }")]
    [InlineData("truncated", "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }")]
    [InlineData("corrupt", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("corrupt", "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }")]
    [InlineData("too many elements", "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }")]
    [InlineData("too many elements", "{'descr': '<f8', 'fortran_order': False, 'shape': (1073741824, 1073741824, 2), }")]
    public void An_invalid_header_is_rejected(string reason, string header)
    {
        var path = _folder.Write("file", CreateFile(header));

        var thrown = Assert.Throws<InputException>(() => NpyFile.Read(path));

        Assert.StartsWith(path, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_of_very_many_dimensions_is_refused_in_a_short_sentence()
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1,", 32_000))}), }}";

        var message = Assert.Throws<InputException>(() => NpyFile.Read(_folder.Write("file", CreateFile(header)))).Message;

        Assert.Contains("32000 dimensions", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 0, 300);
    }

    [Theory]
    [InlineData(Valid)]
    [InlineData("{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"<f4\"}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2,)}   \n")]
    public void The_same_file_with_a_valid_header_is_read(string header) =>
        Assert.Equal(2, NpyFile.Read(_folder.Write("file", CreateFile(header))).Count);

    [Fact]
    public void Another_magic_string_or_version_is_rejected()
    {
        foreach (var (position, value) in new (int, byte)[] { (0, 0x92), (5, (byte)'X'), (6, 0), (6, 4), (7, 1) })
        {
            var changed = CreateFile(Valid);
            changed[position] = value;

            Assert.Throws<InputException>(() => NpyFile.Read(_folder.Write("file", changed)));
        }
    }

    [Fact]
    public void A_truncated_file_is_rejected()
    {
        var complete = CreateFile(Valid);
        for (var length = 0; length < complete.Length; length++)
            Assert.Throws<InputException>(() => NpyFile.Read(_folder.Write("file", complete[..length])));
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000,), }", 1, null)]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 1000), }", 1, null)]
    [InlineData(Valid, 2, 0xffff_ffffU)]
    [InlineData(Valid, 3, 0x7fff_0000U)]
    public void No_memory_is_allocated_before_the_header_is_checked(string header, byte version, uint? length)
    {
        var path = _folder.Write("file", CreateFile(header, version, length));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InputException>(() => NpyFile.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
    }

    [Fact]
    public void A_file_with_one_changed_byte_is_read_or_rejected()
    {
        var complete = CreateFile(Valid);
        Gen.Select(Gen.Int[0, complete.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var changed = complete.ToArray();
            changed[position] = value;
            var path = _folder.Write(Guid.NewGuid().ToString("N"), changed);
            try
            {
                Assert.Equal(8, NpyFile.Read(path).Data.Length);
            }
            catch (InputException)
            {
            }

            File.Delete(path);
        }, iter: 3_000);
    }

    private static byte[] CreateFile(string header, byte version = 1, uint? length = null)
    {
        var lengthBytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(lengthBytes, length ?? (uint)header.Length);
        var text = Encoding.ASCII.GetBytes(header);
        return [0x93, .. "NUMPY"u8, version, 0, .. lengthBytes[..(version == 1 ? 2 : 4)], .. text, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];
    }
}
