using System.Text;

namespace Elbo.Cli.Tests;

/// <summary>
/// A shared library of 700 bytes, written field by field according to the System V ABI and the Linux Standard Base: a header, a loadable
/// and a dynamic segment, a string table and the versions that it requires of two libraries. Its addresses differ from its file offsets.
/// </summary>
internal static class NativeLibraryTinyElf
{
    public const ulong AddressShift = 0x10000;
    public const int ProgramHeaders = 64;
    public const int Dynamic = 192;
    public const int Strings = 320;
    public const int Needs = 512;

    /// <summary>The names in the order of the entries, and the file offset of each entry's flags (16 bits).</summary>
    public static readonly (string Library, string Version, int Flags)[] Entries =
    [
        ("libother.so.1", "GLIBCXX_3.4.32", Needs + 16 + 4),
        ("libother.so.1", "OTHER_1", Needs + 32 + 4),
        ("libstdc++.so.6", "GLIBCXX_3.4.3", Needs + 64 + 4),
        ("libstdc++.so.6", "GLIBCXX_3.4.32", Needs + 80 + 4),
        ("libstdc++.so.6", "GLIBCXX_3.4.321", Needs + 96 + 4),
    ];

    public static byte[] Bytes(string requiredVersion = "GLIBCXX_3.4.32")
    {
        var file = new byte[700];
        using var stream = new MemoryStream(file);
        using var writer = new BinaryWriter(stream);

        writer.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0]); // 64-bit, little-endian, version 1
        stream.Position = 16;
        writer.Write((ushort)3); // e_type: shared object
        writer.Write((ushort)62); // e_machine: x86-64
        writer.Write(1u); // e_version
        writer.Write(0ul); // e_entry
        writer.Write((ulong)ProgramHeaders); // e_phoff
        writer.Write(0ul); // e_shoff: no section headers
        writer.Write(0u); // e_flags
        writer.Write((ushort)64); // e_ehsize
        writer.Write((ushort)56); // e_phentsize
        writer.Write((ushort)2); // e_phnum
        writer.Write(new byte[6]); // e_shentsize, e_shnum, e_shstrndx

        WriteSegment(writer, type: 1, offset: 0, size: 700); // PT_LOAD
        WriteSegment(writer, type: 2, offset: Dynamic, size: 80); // PT_DYNAMIC

        var strings = new MemoryStream([.. new byte[192]]);
        strings.Position = 1;
        uint otherLibrary = Append(strings, "libother.so.1");
        uint library = Append(strings, "libstdc++.so.6");
        uint required = Append(strings, requiredVersion);
        uint other = Append(strings, "OTHER_1");
        uint shorter = Append(strings, "GLIBCXX_3.4.3");
        uint longer = Append(strings, "GLIBCXX_3.4.321");

        stream.Position = Dynamic;
        WriteDynamic(writer, 5, AddressShift + Strings); // DT_STRTAB
        WriteDynamic(writer, 10, 192); // DT_STRSZ
        WriteDynamic(writer, 0x6ffffffe, AddressShift + Needs); // DT_VERNEED
        WriteDynamic(writer, 0x6fffffff, 2); // DT_VERNEEDNUM
        WriteDynamic(writer, 0, 0); // DT_NULL

        stream.Position = Strings;
        writer.Write(strings.ToArray());

        stream.Position = Needs;
        WriteNeed(writer, otherLibrary, count: 2, toNext: 48);
        WriteVersion(writer, required, toNext: 16);
        WriteVersion(writer, other, toNext: 0);
        WriteNeed(writer, library, count: 3, toNext: 0);
        WriteVersion(writer, shorter, toNext: 16);
        WriteVersion(writer, required, toNext: 16);
        WriteVersion(writer, longer, toNext: 0);
        return file;
    }

    private static uint Append(MemoryStream strings, string text)
    {
        var offset = (uint)strings.Position;
        strings.Write(Encoding.ASCII.GetBytes(text + '\0'));
        return offset;
    }

    private static void WriteSegment(BinaryWriter writer, uint type, ulong offset, ulong size)
    {
        writer.Write(type); // p_type
        writer.Write(4u); // p_flags: readable
        writer.Write(offset); // p_offset
        writer.Write(AddressShift + offset); // p_vaddr
        writer.Write(AddressShift + offset); // p_paddr
        writer.Write(size); // p_filesz
        writer.Write(size); // p_memsz
        writer.Write(8ul); // p_align
    }

    private static void WriteDynamic(BinaryWriter writer, ulong tag, ulong value)
    {
        writer.Write(tag); // d_tag
        writer.Write(value); // d_un
    }

    private static void WriteNeed(BinaryWriter writer, uint library, ushort count, uint toNext)
    {
        writer.Write((ushort)1); // vn_version
        writer.Write(count); // vn_cnt
        writer.Write(library); // vn_file
        writer.Write(16u); // vn_aux: the first version follows immediately
        writer.Write(toNext); // vn_next
    }

    private static void WriteVersion(BinaryWriter writer, uint name, uint toNext)
    {
        writer.Write(0x12345678u); // vna_hash
        writer.Write((ushort)0); // vna_flags
        writer.Write((ushort)7); // vna_other
        writer.Write(name); // vna_name
        writer.Write(toNext); // vna_next
    }
}
