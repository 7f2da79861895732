using System.Diagnostics;

namespace Elbo.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_has_the_written_content_and_no_temporary_file_remains()
    {
        AtomicFile.WriteText(_folder["new.txt"], "größer\n");

        Assert.Equal("größer\n"u8.ToArray(), File.ReadAllBytes(_folder["new.txt"]));
        Assert.Equal(["new.txt"], Names());
    }

    [Fact]
    public void A_shorter_content_replaces_a_longer_one_completely()
    {
        _folder.Write("file", 1, 2, 3, 4, 5);

        AtomicFile.WriteBytes(_folder["file"], new byte[] { 9 });

        Assert.Equal([9], File.ReadAllBytes(_folder["file"]));
    }

    [Fact]
    public void The_old_content_is_visible_until_the_new_one_is_complete()
    {
        _folder.Write("file", 1, 2, 3);

        AtomicFile.Write(_folder["file"], stream =>
        {
            stream.Write([7, 8]);
            stream.Flush();
            Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder["file"]));
        });

        Assert.Equal([7, 8], File.ReadAllBytes(_folder["file"]));
    }

    [Fact]
    public void A_writer_that_throws_leaves_the_old_file_unchanged_and_no_temporary_file()
    {
        _folder.Write("file", 1, 2, 3);

        var thrown = Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["file"], stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new InvalidOperationException("midway");
        }));

        Assert.Equal("midway", thrown.Message);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder["file"]));
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void A_missing_folder_is_reported_and_not_created()
    {
        var thrown = Assert.Throws<SettingsException>(() => AtomicFile.WriteText(_folder["missing", "file"], "text"));

        Assert.Contains(_folder["missing"], thrown.Message, StringComparison.Ordinal);
        Assert.Empty(Names());
    }

    [Fact]
    public void A_folder_is_not_replaced_by_a_file()
    {
        Directory.CreateDirectory(_folder["taken"]);

        Assert.Throws<SettingsException>(() => AtomicFile.WriteText(_folder["taken"], "text"));

        Assert.Equal(["taken"], Names());
    }

    [Fact]
    public void A_full_disk_is_an_EnvironmentException_and_the_old_file_is_unchanged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root on Linux can mount a small file system.");
        var disk = Directory.CreateDirectory(_folder["disk"]).FullName;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk), "This system does not allow mounts by root.");
        try
        {
            var path = Path.Combine(disk, "file");
            AtomicFile.WriteBytes(path, new byte[] { 1, 2, 3 });

            var thrown = Assert.Throws<EnvironmentException>(() => AtomicFile.WriteBytes(path, new byte[4 << 20]));

            Assert.Contains($"disk is full and {path}", thrown.Message, StringComparison.Ordinal);
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            Assert.True(Run("umount", disk));
        }
    }

    [Fact]
    public void Only_temporary_files_of_killed_writes_are_removed()
    {
        _folder.Write(".last.safetensors.0123456789abcdef0123456789abcdef.partial");
        _folder.Write(".my.partial");
        _folder.Write("last.safetensors.0123456789abcdef0123456789abcdef.partial");
        _folder.Write("last.safetensors");

        AtomicFile.RemoveLeftovers(_folder.Path);

        Assert.Equal([".my.partial", "last.safetensors", "last.safetensors.0123456789abcdef0123456789abcdef.partial"], Names());
    }

    [Fact]
    public void The_temporary_file_of_a_write_in_progress_matches_the_removed_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not remove a file that is open.");

        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(_folder["file"], _ =>
        {
            Assert.Single(Names());
            AtomicFile.RemoveLeftovers(_folder.Path);
            Assert.Empty(Names());
            throw new OperationCanceledException();
        }));
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private string[] Names() =>
        [.. Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
