namespace Elbo.Cli.Tests;

public class LibTorchFolderTests
{
    private static readonly string LibraryFolder = ElboProcess.ProgramFolder;

    [Fact]
    public void A_named_libtorch_of_the_right_version_is_used()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The libraries are linked together for Linux here.");
        using var place = new Workplace();
        var folder = Fake(place, "2.10.0+test", "build-version", "{0}");

        var result = Doctor(place, folder);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($", from {folder}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build-version", "{0}")]
    [InlineData("version.py", "import x\n__version__ = '{0}'\ncuda = None\n")]
    public void A_libtorch_of_another_version_is_refused_with_exit_code_4(string file, string content)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The libraries are linked together for Linux here.");
        using var place = new Workplace();
        var folder = Fake(place, "2.9.1+cu126", file, content);

        var result = Sample(place, folder);

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("is of version 2.9.1+cu126, but 2.10.x is needed", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData(".")]
    public void A_folder_without_a_libtorch_is_refused_with_exit_code_4_and_the_doctor_says_what_to_do(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The variable is set by env.");
        using var place = new Workplace();

        var result = Sample(place, name);
        var examined = Doctor(place, name);

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("there is no libtorch", result.Errors, StringComparison.Ordinal);
        Assert.Equal(4, examined.ExitCode);
        Assert.Contains("there is no libtorch", examined.Output + examined.Errors, StringComparison.Ordinal);
    }

    private static ElboResult Sample(Workplace place, string libTorch) => WithVariable(place, libTorch, "sample", "run");

    private static ElboResult Doctor(Workplace place, string libTorch) => WithVariable(place, libTorch, "doctor");

    private static ElboResult WithVariable(Workplace place, string libTorch, params string[] arguments)
    {
        using var process = ElboProcess.StartProgram(
            "/usr/bin/env",
            place.Folder,
            [$"ELBO_LIBTORCH={libTorch}", Path.Combine(LibraryFolder, ElboProcess.CommandName), .. arguments]);
        return process.Wait();
    }

    // The libraries that were built in, in the folders of a download or a Python package and under another version.
    private static string Fake(Workplace place, string version, string file, string content)
    {
        var folder = Path.Combine(place.Folder, "libtorch");
        var library = Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName;
        foreach (var path in Directory.EnumerateFiles(LibraryFolder, "lib*.so*").Where(path => !path.Contains("LibTorchSharp", StringComparison.Ordinal)))
            File.CreateSymbolicLink(Path.Combine(library, Path.GetFileName(path)), path);
        File.WriteAllText(Path.Combine(folder, file), content.Replace("{0}", version, StringComparison.Ordinal));
        return folder;
    }
}
