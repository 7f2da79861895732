// This file is compiled twice: by the build as an inline MSBuild task (see NativeLibraries.targets), which targets
// .NET Standard 2.0 and therefore has no spans; and by the tests for .NET, without MSBuild and without the task class.
#nullable enable
using System;
using System.IO;
using System.Text;

namespace Elbo.Build;

/// <summary>The result of <see cref="ElfVersionNeeds.MarkWeak"/>.</summary>
public enum WeakMarking
{
    /// <summary>The bytes are not a 64-bit little-endian ELF file; nothing was changed.</summary>
    NotApplicable,

    /// <summary>The file does not require that version of that library; nothing was changed.</summary>
    Absent,

    /// <summary>The requirement was already weak; nothing was changed.</summary>
    AlreadyWeak,

    /// <summary>The requirement was strong and is weak now: one byte differs.</summary>
    Marked,
}

/// <summary>
/// The version requirements of a shared library: the table of symbol versions that it requires of its dependencies (DT_VERNEED). The
/// dynamic loader rejects a library if a required version is missing, unless the requirement is marked weak, even if no symbol uses it.
/// </summary>
/// <remarks>
/// Structures and numbers are those of the System V ABI, "Linux Standard Base, Symbol Versioning" and elf.h. The table is located as by the
/// loader, through the program headers and the dynamic section, so that files without section headers are supported.
/// </remarks>
public static class ElfVersionNeeds
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int DynamicEntrySize = 16;
    private const int VersionEntrySize = 16;
    private const uint SegmentLoad = 1;
    private const uint SegmentDynamic = 2;
    private const ulong DynamicEnd = 0;
    private const ulong DynamicStringTable = 5;
    private const ulong DynamicStringTableSize = 10;
    private const ulong DynamicVersionNeeds = 0x6ffffffe;
    private const byte WeakFlag = 2;

    /// <summary>Marks one version requirement weak, in place.</summary>
    /// <param name="image">The bytes of the whole file.</param>
    /// <param name="library">The required library, such as libstdc++.so.6.</param>
    /// <param name="version">The name of the version, such as GLIBCXX_3.4.32.</param>
    /// <returns>What was done; only <see cref="WeakMarking.Marked"/> changes a byte.</returns>
    /// <exception cref="InvalidDataException">The file is such an ELF file, but one of its tables points outside of the file.</exception>
    public static WeakMarking MarkWeak(byte[] image, string library, string version)
    {
        if (!IsElf64LittleEndian(image))
        {
            return WeakMarking.NotApplicable;
        }

        ulong? needsAddress = FindDynamic(image, DynamicVersionNeeds);
        ulong? stringsAddress = FindDynamic(image, DynamicStringTable);
        ulong? stringsSize = FindDynamic(image, DynamicStringTableSize);
        if (needsAddress is null || stringsAddress is null || stringsSize is null)
        {
            return WeakMarking.Absent;
        }

        var strings = new StringTable(image, FileOffset(image, stringsAddress.Value), stringsSize.Value);
        // Both lists only move forward, so an invalid count or offset ends at the end of the file at the latest.
        ulong need = FileOffset(image, needsAddress.Value);
        while (true)
        {
            Require(image, need, VersionEntrySize);
            if (strings.Holds(Read32(image, need + 4), library))
            {
                ulong requirement = need + Read32(image, need + 8);
                for (int left = Read16(image, need + 2); left > 0; left--)
                {
                    Require(image, requirement, VersionEntrySize);
                    if (strings.Holds(Read32(image, requirement + 8), version))
                    {
                        return SetWeakFlag(image, requirement + 4);
                    }

                    uint toNextRequirement = Read32(image, requirement + 12);
                    if (toNextRequirement == 0)
                    {
                        break;
                    }

                    requirement += toNextRequirement;
                }
            }

            uint toNextNeed = Read32(image, need + 12);
            if (toNextNeed == 0)
            {
                return WeakMarking.Absent;
            }

            need += toNextNeed;
        }
    }

    private static WeakMarking SetWeakFlag(byte[] image, ulong flags)
    {
        if ((image[flags] & WeakFlag) != 0)
        {
            return WeakMarking.AlreadyWeak;
        }

        image[flags] |= WeakFlag;
        return WeakMarking.Marked;
    }

    private static bool IsElf64LittleEndian(byte[] image) =>
        image.Length >= HeaderSize && image[0] == 0x7f && image[1] == 'E' && image[2] == 'L' && image[3] == 'F'
        && image[4] == 2 && image[5] == 1;

    private static ulong? FindDynamic(byte[] image, ulong tag)
    {
        for (int i = 0; i < SegmentCount(image); i++)
        {
            ulong segment = Segment(image, i);
            if (Read32(image, segment) != SegmentDynamic)
            {
                continue;
            }

            ulong offset = Read64(image, segment + 8);
            ulong size = Read64(image, segment + 32);
            Require(image, offset, size);
            for (ulong at = offset; at + DynamicEntrySize <= offset + size && Read64(image, at) != DynamicEnd; at += DynamicEntrySize)
            {
                if (Read64(image, at) == tag)
                {
                    return Read64(image, at + 8);
                }
            }
        }

        return null;
    }

    /// <summary>Returns the file offset of the byte that the loader maps to an address.</summary>
    private static ulong FileOffset(byte[] image, ulong address)
    {
        for (int i = 0; i < SegmentCount(image); i++)
        {
            ulong segment = Segment(image, i);
            ulong start = Read64(image, segment + 16);
            if (Read32(image, segment) == SegmentLoad && address >= start && address - start < Read64(image, segment + 32))
            {
                ulong offset = Read64(image, segment + 8);
                Require(image, offset, address - start);
                return offset + (address - start);
            }
        }

        throw new InvalidDataException("An address of the ELF file's dynamic section does not belong to any segment of the file.");
    }

    private static int SegmentCount(byte[] image) => Read16(image, 56);

    private static ulong Segment(byte[] image, int index)
    {
        ulong table = Read64(image, 32);
        ulong step = Read16(image, 54);
        if (step < ProgramHeaderSize)
        {
            throw new InvalidDataException("The ELF file's program headers are too short.");
        }

        Require(image, table, ((ulong)index * step) + ProgramHeaderSize);
        return table + ((ulong)index * step);
    }

    private static ushort Read16(byte[] image, ulong offset)
    {
        Require(image, offset, 2);
        return (ushort)(image[offset] | (image[offset + 1] << 8));
    }

    private static uint Read32(byte[] image, ulong offset) => Read16(image, offset) | ((uint)Read16(image, offset + 2) << 16);

    private static ulong Read64(byte[] image, ulong offset) => Read32(image, offset) | ((ulong)Read32(image, offset + 4) << 32);

    private static void Require(byte[] image, ulong offset, ulong size)
    {
        ulong length = (ulong)image.LongLength;
        if (offset > length || size > length - offset)
        {
            throw new InvalidDataException("A table of the ELF file points outside of the file, which is corrupt or truncated.");
        }
    }

    private sealed class StringTable
    {
        private readonly byte[] _image;
        private readonly ulong _offset;
        private readonly ulong _size;

        public StringTable(byte[] image, ulong offset, ulong size)
        {
            Require(image, offset, size);
            _image = image;
            _offset = offset;
            _size = size;
        }

        /// <summary>Whether the zero-terminated string at an offset of the table equals the given string.</summary>
        public bool Holds(uint position, string text)
        {
            byte[] expected = Encoding.ASCII.GetBytes(text + '\0');
            if (position >= _size)
            {
                throw new InvalidDataException("A name in the ELF file points outside of its string table.");
            }

            if ((ulong)expected.Length > _size - position)
            {
                return false;
            }

            for (int i = 0; i < expected.Length; i++)
            {
                if (_image[_offset + position + (ulong)i] != expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}

#if !NET
/// <summary>The MSBuild task that writes a copy of a shared library in which one version requirement is weak.</summary>
public sealed class MarkVersionWeak : Microsoft.Build.Utilities.Task
{
    /// <summary>The library to copy.</summary>
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    /// <summary>The copy to write.</summary>
    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    /// <summary>The library whose version is required.</summary>
    [Microsoft.Build.Framework.Required]
    public string Library { get; set; } = "";

    /// <summary>The required version.</summary>
    [Microsoft.Build.Framework.Required]
    public string Version { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            byte[] image = File.ReadAllBytes(Source);
            WeakMarking marking = ElfVersionNeeds.MarkWeak(image, Library, Version);
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Low, "{0}: {1} of {2}: {3}", Source, Version, Library, marking);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination))!);
            string unfinished = Destination + "." + Guid.NewGuid().ToString("N") + ".tmp";
            File.WriteAllBytes(unfinished, image);
            File.Delete(Destination);
            File.Move(unfinished, Destination);
        }
        catch (Exception problem) when (problem is InvalidDataException || problem is IOException || problem is UnauthorizedAccessException)
        {
            Log.LogError("{0} cannot be prepared for this program: {1}", Source, problem.Message);
        }

        return !Log.HasLoggedErrors;
    }
}
#endif
