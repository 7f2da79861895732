using Elbo.Tests;

namespace Elbo.Cli.Tests;

public class LibTorchFolderTests
{
    private static readonly string LibraryFolder = ElboProcess.ProgramFolder;

    [Fact]
    public void A_given_libtorch_of_the_required_version_is_used()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This test uses the library names of Linux.");
        using var workspace = new TemporaryFolder();
        var folder = Fake(workspace, "2.10.0+test", "build-version", "{0}");

        var result = Doctor(workspace, folder);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($", from {folder}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build-version", "{0}")]
    [InlineData("version.py", "import x\n__version__ = '{0}'\ncuda = None\n")]
    public void A_libtorch_of_another_version_is_rejected_with_exit_code_4(string file, string content)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This test uses the library names of Linux.");
        using var workspace = new TemporaryFolder();
        var folder = Fake(workspace, "2.9.1+cu126", file, content);

        var result = Sample(workspace, folder);

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("has version 2.9.1+cu126, but 2.10 or later is required", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.11.0+cu130")]
    [InlineData("3.0.1")]
    public void A_later_version_is_used_and_said(string version)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This test uses the library names of Linux.");
        using var workspace = new TemporaryFolder();
        var folder = Fake(workspace, version, "version.py", "__version__ = '{0}'\n");

        var diagnosed = Doctor(workspace, folder);
        var result = Sample(workspace, folder);

        Assert.Equal(0, diagnosed.ExitCode);
        Assert.Contains($"has version {version}, and TorchSharp was made for 2.10", diagnosed.Output, StringComparison.Ordinal);
        // It is said, and the command goes on to the folder that is no run.
        Assert.Contains($"has version {version}, and TorchSharp was made for 2.10", result.Errors, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData(".")]
    public void A_folder_without_libtorch_is_rejected_with_exit_code_4_and_reported_by_the_doctor(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This test sets the variable with env.");
        using var workspace = new TemporaryFolder();

        var result = Sample(workspace, name);
        var diagnosed = Doctor(workspace, name);

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("is not a libtorch folder", result.Errors, StringComparison.Ordinal);
        Assert.Equal(4, diagnosed.ExitCode);
        Assert.Contains("is not a libtorch folder", diagnosed.Output + diagnosed.Errors, StringComparison.Ordinal);
    }

    private static ElboResult Sample(TemporaryFolder workspace, string libTorch) => WithVariable(workspace, libTorch, "sample", "run");

    private static ElboResult Doctor(TemporaryFolder workspace, string libTorch) => WithVariable(workspace, libTorch, "doctor");

    private static ElboResult WithVariable(TemporaryFolder workspace, string libTorch, params string[] arguments)
    {
        using var process = ElboProcess.StartProgram(
            "/usr/bin/env",
            workspace.Path,
            [$"ELBO_LIBTORCH={libTorch}", Path.Combine(LibraryFolder, ElboProcess.CommandName), .. arguments]);
        return process.Wait();
    }

    // The bundled libraries in the layout of a download or a Python package, with another version.
    private static string Fake(TemporaryFolder workspace, string version, string file, string content)
    {
        var folder = Path.Combine(workspace.Path, "libtorch");
        var library = Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName;
        foreach (var path in Directory.EnumerateFiles(LibraryFolder, "lib*.so*"))
        {
            if (!path.Contains("LibTorchSharp", StringComparison.Ordinal))
                File.CreateSymbolicLink(Path.Combine(library, Path.GetFileName(path)), path);
        }

        File.WriteAllText(Path.Combine(folder, file), content.Replace("{0}", version, StringComparison.Ordinal));
        return folder;
    }
}
