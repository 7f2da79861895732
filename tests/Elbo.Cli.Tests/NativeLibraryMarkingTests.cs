using System.Buffers.Binary;
using CsCheck;
using Elbo.Build;

namespace Elbo.Cli.Tests;

public class NativeLibraryMarkingTests
{
    private const string Library = "libstdc++.so.6";
    private const string Version = "GLIBCXX_3.4.32";

    [Fact]
    public void Only_the_given_version_of_the_given_library_becomes_weak()
    {
        byte[] before = NativeLibraryTinyElf.Bytes();
        byte[] after = [.. before];

        Assert.Equal(WeakMarking.Marked, ElfVersionNeeds.MarkWeak(after, Library, Version));

        int flags = NativeLibraryTinyElf.Entries.Single(entry => entry.Library == Library && entry.Version == Version).Flags;
        int[] changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
        Assert.Equal([flags], changed);
        Assert.Equal(2, BinaryPrimitives.ReadUInt16LittleEndian(after.AsSpan(flags))); // VER_FLG_WEAK
    }

    [Fact]
    public void Other_flags_of_the_entry_are_kept()
    {
        byte[] image = NativeLibraryTinyElf.Bytes();
        int flags = NativeLibraryTinyElf.Entries[3].Flags;
        image[flags] = 4;
        image[flags + 1] = 1;

        Assert.Equal(WeakMarking.Marked, ElfVersionNeeds.MarkWeak(image, Library, Version));
        Assert.Equal(0x106, BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(flags)));
    }

    [Fact]
    public void A_second_run_changes_nothing()
    {
        byte[] image = NativeLibraryTinyElf.Bytes();
        ElfVersionNeeds.MarkWeak(image, Library, Version);
        byte[] once = [.. image];

        Assert.Equal(WeakMarking.AlreadyWeak, ElfVersionNeeds.MarkWeak(image, Library, Version));
        Assert.Equal(once, image);
    }

    [Theory]
    [InlineData(Library, "GLIBCXX_3.4.99")]
    [InlineData(Library, "GLIBCXX_3.4")]
    [InlineData(Library, "OTHER_1")]
    [InlineData("libstdc++.so", Version)]
    [InlineData("libabsent.so.1", Version)]
    public void A_version_that_is_not_required_changes_nothing(string library, string version) =>
        AssertUnchanged(NativeLibraryTinyElf.Bytes(), WeakMarking.Absent, library, version);

    [Fact]
    public void A_library_without_version_requirements_changes_nothing()
    {
        byte[] image = NativeLibraryTinyElf.Bytes();
        image[NativeLibraryTinyElf.Dynamic + 32] = 0xfd; // the tag of DT_VERNEED becomes that of DT_VERDEFNUM
        AssertUnchanged(image, WeakMarking.Absent);
    }

    [Theory]
    [InlineData(4, 1)] // EI_CLASS: 32-bit
    [InlineData(5, 2)] // EI_DATA: big-endian
    [InlineData(0, 0x4d)] // not an ELF file
    public void A_file_of_another_kind_is_unchanged(int offset, byte value)
    {
        byte[] image = NativeLibraryTinyElf.Bytes();
        image[offset] = value;
        AssertUnchanged(image, WeakMarking.NotApplicable);
    }

    [Fact]
    public void A_file_shorter_than_an_ELF_header_is_unchanged()
    {
        byte[] whole = NativeLibraryTinyElf.Bytes();
        for (int length = 0; length < 64; length++)
        {
            AssertUnchanged(whole[..length], WeakMarking.NotApplicable);
        }
    }

    [Fact]
    public void A_truncated_file_is_rejected_and_unchanged()
    {
        byte[] whole = NativeLibraryTinyElf.Bytes();
        int endOfRequiredEntry = NativeLibraryTinyElf.Entries[3].Flags + 12;
        for (int length = 64; length < endOfRequiredEntry; length++)
        {
            AssertRejected(whole[..length]);
        }
    }

    [Theory]
    [InlineData(32, 8)] // e_phoff
    [InlineData(NativeLibraryTinyElf.ProgramHeaders + 56 + 8, 8)] // p_offset of the dynamic segment
    [InlineData(NativeLibraryTinyElf.ProgramHeaders + 56 + 32, 8)] // p_filesz of the dynamic segment
    [InlineData(NativeLibraryTinyElf.ProgramHeaders + 8, 8)] // p_offset of the loadable segment
    [InlineData(NativeLibraryTinyElf.ProgramHeaders + 16, 8)] // p_vaddr of the loadable segment
    [InlineData(NativeLibraryTinyElf.Dynamic + 8, 8)] // DT_STRTAB
    [InlineData(NativeLibraryTinyElf.Dynamic + 24, 8)] // DT_STRSZ
    [InlineData(NativeLibraryTinyElf.Dynamic + 40, 8)] // DT_VERNEED
    [InlineData(NativeLibraryTinyElf.Needs + 4, 4)] // vn_file
    [InlineData(NativeLibraryTinyElf.Needs + 12, 4)] // vn_next
    [InlineData(NativeLibraryTinyElf.Needs + 48 + 8, 4)] // vn_aux
    [InlineData(NativeLibraryTinyElf.Needs + 64 + 8, 4)] // vna_name
    [InlineData(NativeLibraryTinyElf.Needs + 64 + 12, 4)] // vna_next
    public void A_field_that_points_outside_of_the_file_is_rejected_and_nothing_changes(int offset, int size)
    {
        byte[] image = NativeLibraryTinyElf.Bytes();
        image.AsSpan(offset, size).Fill(0xff);
        AssertRejected(image);
    }

    [Fact]
    public void Random_corruption_causes_no_other_error_and_no_change_of_more_than_one_byte()
    {
        byte[] whole = NativeLibraryTinyElf.Bytes();
        Gen.Select(Gen.Int[6, whole.Length - 1], Gen.Byte).Array[1, 8].Sample(
            corruption =>
            {
                byte[] image = [.. whole];
                foreach ((int offset, byte value) in corruption)
                {
                    image[offset] = value;
                }

                byte[] before = [.. image];
                try
                {
                    ElfVersionNeeds.MarkWeak(image, Library, Version);
                }
                catch (InvalidDataException)
                {
                    return before.SequenceEqual(image);
                }

                return before.Zip(image).Count(pair => pair.First != pair.Second) <= 1;
            },
            iter: 20_000);
    }

    private static void AssertUnchanged(byte[] image, WeakMarking expected, string library = Library, string version = Version)
    {
        byte[] before = [.. image];
        Assert.Equal(expected, ElfVersionNeeds.MarkWeak(image, library, version));
        Assert.Equal(before, image);
    }

    private static void AssertRejected(byte[] image)
    {
        byte[] before = [.. image];
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MarkWeak(image, Library, Version));
        Assert.Equal(before, image);
    }
}
