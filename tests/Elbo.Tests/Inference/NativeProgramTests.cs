using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Elbo.Tests;

/// <summary>The program samples/Elbo.Native, compiled ahead of time, draws what the library draws.</summary>
public class NativeProgramTests
{
    [Fact]
    public async Task A_native_program_is_compiled_without_a_warning_and_draws_what_the_library_draws()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 && File.Exists("/usr/bin/clang"),
            "native compilation needs clang, and was tried on Linux x64 alone");
        using var folders = new TemporaryFolder();
        var published = await Run(
            "dotnet", "publish", Path.Combine(RepositoryRoot.Path, "samples", "Elbo.Native"), "-c", "Release", "-r", "linux-x64",
            "-o", folders["native"], "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:BuildProjectReferences=false");
        Assert.True(published.ExitCode == 0, published.Output);
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);

        using var model = Cvae.Create(ModelVariants.Shape, Condition.Label(3), options => options with { LatentSize = 2 });
        var export = OnnxExport.Write(model, folders["export"]).Folder;
        var program = Path.Combine(folders["native"], "Elbo.Native");
        var drawn = await Run(program, export, folders["drawn.png"], "2", "9");
        Assert.Equal((0, $"a sample of a cvae in {folders["drawn.png"]}\n"), drawn);

        var expected = model.Sample(1, label: 2, seed: 9).Values.ToArray();
        using var picture = SkiaSharp.SKBitmap.Decode(folders["drawn.png"]);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i] * 255, picture.GetPixel(i % 5, i / 5).Red, tolerance: 0.6);

        var refused = await Run(program, folders["none"], folders["no.png"]);
        Assert.Equal((3, $"error: There is no folder {folders["none"]}.\n"), refused);
    }

    private static async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
