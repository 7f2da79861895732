using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Elbo.Build;

namespace Elbo.Cli.Tests;

public partial class NativeLibraryLoadingTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "LibTorchSharp.so");
    private static readonly string Original = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");

    [Fact]
    public void The_library_in_the_program_folder_loads_and_computes() => Assert.Null(NativeLibraryProbe.Failure());

    [Fact]
    public void The_copy_in_the_program_folder_is_TorchSharps_library_marked_weak()
    {
        SkipUnlessLinuxX64();
        byte[] marked = File.ReadAllBytes(Original);
        Assert.Equal(WeakMarking.Marked, ElfVersionNeeds.MarkWeak(marked, "libstdc++.so.6", "GLIBCXX_3.4.32"));
        Assert.Equal(marked, File.ReadAllBytes(Library));
    }

    [Fact]
    public void The_copy_loads_where_TorchSharps_library_does_not()
    {
        SkipUnlessLinuxX64();
        using var folder = new EmptyFolder();
        File.WriteAllText(Path.Combine(folder.Path, "libLibTorchSharp.so"), "this is not a library");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "LibTorchSharp.so"), Library);
        LinkToLibTorch(folder);
        Assert.Null(NativeLibraryProbe.FailureToLoad([folder.Path]));
    }

    [Fact]
    public void Readelf_shows_one_weak_version_in_the_copy_in_the_program_folder()
    {
        SkipUnlessLinuxX64();
        string[] versions = [.. VersionLine().Matches(OutputOf("readelf", "-V", "-W", Library)).Select(match => match.Value)];
        Assert.Contains("Name: GLIBCXX_3.4.30  Flags: none", versions);
        Assert.Equal(["Name: GLIBCXX_3.4.32  Flags: WEAK"], versions.Where(line => !line.EndsWith("none", StringComparison.Ordinal)));
    }

    [Fact]
    public void Unused_parts_of_libtorch_are_not_shipped()
    {
        string[] names = [.. Directory.GetFiles(AppContext.BaseDirectory).Select(Path.GetFileNameWithoutExtension).OfType<string>()];
        Assert.Contains(names, name => name.EndsWith("torch_cpu", StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => name.EndsWith("torch_python", StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => name.EndsWith("_test", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "runtimes")), "libraries of other platforms were copied");
    }

    [Fact]
    public void The_program_folder_contains_the_command() =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "elbo.exe" : "elbo")));

    [Fact]
    public void A_missing_library_is_reported_with_its_folder()
    {
        using var folder = new EmptyFolder();
        AssertSentence(NativeLibraryProbe.FailureToLoad([folder.Path]), "LibTorchSharp", "missing from", folder.Path, "build or publish");
    }

    [Fact]
    public void An_invalid_library_is_reported_with_the_reason_of_the_loader()
    {
        SkipUnlessLinuxX64();
        using var folder = new EmptyFolder();
        File.WriteAllText(Path.Combine(folder.Path, "libLibTorchSharp.so"), "this is not a library");
        AssertSentence(NativeLibraryProbe.FailureToLoad([folder.Path]), folder.Path, "does not load", "file too short", "build or publish");
    }

    [Fact]
    public void A_C_library_that_is_too_old_is_reported_with_the_missing_version()
    {
        SkipUnlessLinuxX64();
        using var folder = new EmptyFolder();
        string copy = Path.Combine(folder.Path, "libLibTorchSharp.so");
        File.WriteAllBytes(copy, RequiringUnknownVersion(File.ReadAllBytes(Library)));
        LinkToLibTorch(folder);

        AssertSentence(NativeLibraryProbe.FailureToLoad([folder.Path]), "does not load", "GLIBCXX_9.9.99", "too old");
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "cpu")));
    }

    private static void LinkToLibTorch(EmptyFolder folder)
    {
        foreach (string torch in Directory.GetFiles(AppContext.BaseDirectory, "lib*").Where(path => path != Original))
            File.CreateSymbolicLink(Path.Combine(folder.Path, Path.GetFileName(torch)), torch);
    }

    /// <summary>Replaces the required version GLIBCXX_3.4.30 and its hash by a version that does not exist.</summary>
    private static byte[] RequiringUnknownVersion(byte[] image)
    {
        int name = image.AsSpan().IndexOf("GLIBCXX_3.4.30\0"u8);
        Assert.True(name > 0);
        "GLIBCXX_9.9.99"u8.CopyTo(image.AsSpan(name));
        int hash = image.AsSpan().IndexOf(BitConverter.GetBytes(ElfHash("GLIBCXX_3.4.30")));
        Assert.True(hash > 0);
        BitConverter.GetBytes(ElfHash("GLIBCXX_9.9.99")).CopyTo(image, hash);
        return image;
    }

    /// <summary>The hash function of the System V ABI.</summary>
    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (char character in name)
        {
            hash = (hash << 4) + character;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    private static void AssertSentence(string? failure, params string[] parts)
    {
        Assert.NotNull(failure);
        Assert.All(parts, part => Assert.Contains(part, failure, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', failure);
        Assert.EndsWith(".", failure, StringComparison.Ordinal);
    }

    private static void SkipUnlessLinuxX64() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "this test requires the library for Linux x64");

    private static string OutputOf(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C";
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
        }

        using (process)
        {
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
    }

    [GeneratedRegex(@"Name: \S+ +Flags: \w+")]
    private static partial Regex VersionLine();

    private sealed class EmptyFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("elbo-test-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
