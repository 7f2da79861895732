using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Elbo.Tests;

/// <summary>The program samples/Elbo.Trimmed, published fully trimmed, against what it does untrimmed.</summary>
public class TrimmedProgramTests
{
    private const string Name = "Elbo.Trimmed";

    private static readonly string Project = Path.Combine(RepositoryRoot.Path, "samples", Name);

    [Fact]
    public async Task A_trimmed_program_trains_and_reads_the_same_settings_and_weights_as_an_untrimmed_one()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "the links to libtorch are made for Linux x64");
        using var folders = new TemporaryFolder();
        var (program, whole, trimmed) = (folders["program"], folders["whole"], folders["trimmed"]);

        var warnings = (await Publish(program)).Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal));
        Assert.All(warnings, line => Assert.Contains("IL2104: Assembly 'TorchSharp'", line, StringComparison.Ordinal));
        Assert.True(Size(program) < Size(AppContext.BaseDirectory), "Nothing of the library was trimmed.");
        LinkToLibTorch(program);

        var expected = await OutputOf("dotnet", Path.Combine(AppContext.BaseDirectory, Name + ".dll"), whole);
        var actual = await OutputOf(Path.Combine(program, Name), trimmed);

        Assert.Equal(expected, actual);
        Assert.Contains("Sigma = 0.25", actual, StringComparison.Ordinal);
        Assert.Contains("Hidden = [12, 10]", actual, StringComparison.Ordinal);
        Assert.Contains("RemainderCondition { FeatureCount = 3, ", actual, StringComparison.Ordinal);
        foreach (var file in new[] { "config.json", "metrics.csv", "checkpoints/last.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(trimmed, file)));

        static long Size(string folder) => new FileInfo(Path.Combine(folder, "Elbo.dll")).Length;
    }

    // The library is not built again, in whose folders others may be reading.
    private static Task<string> Publish(string output)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        // Without it the trimming, and its warnings, are skipped where nothing changed.
        var intermediate = Path.Combine(Project, "obj", configuration);
        foreach (var done in Directory.EnumerateFiles(intermediate, "Link.semaphore", SearchOption.AllDirectories))
            File.Delete(done);
        return OutputOf(
            "dotnet", "publish", Project, "--no-restore", "-c", configuration, "-o", output, "-nodeReuse:false",
            "-p:BuildProjectReferences=false", "-p:WithoutLibTorch=true", "-p:UseSharedCompilation=false");
    }

    private static void LinkToLibTorch(string program)
    {
        foreach (var library in Directory.EnumerateFiles(AppContext.BaseDirectory, "lib*"))
        {
            var link = Path.Combine(program, Path.GetFileName(library));
            if (!File.Exists(link))
                File.CreateSymbolicLink(link, library);
        }
    }

    private static async Task<string> OutputOf(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + await errors);
        return await output;
    }
}
