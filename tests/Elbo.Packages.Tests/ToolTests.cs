namespace Elbo.Packages.Tests;

/// <summary>The tool, installed from its two packages.</summary>
public class ToolTests(PackedFeed feed)
{
    [Fact]
    public async Task The_tool_is_installed_under_its_name_and_its_hints_say_how_to_call_it()
    {
        LinuxX64.SkipElsewhere();
        var folder = feed.FolderFor("tool");
        // Half a gigabyte of libtorch is neither packed nor unpacked, but linked to.
        await DotNet.Run(
            RepositoryRoot.Path, "pack", "src/Elbo.Cli", "-c", DotNet.Configuration, "-r", "linux-x64", "--no-build", "-o", folder,
            "-p:WithoutLibTorch=true", "-v", "quiet", "-nologo");
        await DotNet.Run(
            folder, "tool", "install", "Elbo.Tool", "--version", PackedFeed.Version, "--tool-path", "tools", "--add-source", folder);
        var program = Path.Combine(folder, "tools", "elbo");
        var files = Path.GetDirectoryName(new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)!.FullName)!;
        foreach (var library in Directory.EnumerateFiles(PackedFeed.LibTorch))
            File.CreateSymbolicLink(Path.Combine(files, Path.GetFileName(library)), library);

        Directory.CreateDirectory(Path.Combine(folder, "table"));
        var rows = string.Concat(Enumerable.Range(0, 64).Select(row => $"{row % 8},{row % 5}\n"));
        foreach (var split in (string[])["train", "test"])
            File.WriteAllText(Path.Combine(folder, "table", $"{split}.csv"), $"a,b\n{rows}");

        var trained = await DotNet.Run(
            program, folder, ["train", "vae", "--data", "table", "--epochs", "1", "--validation", "0", "--out", "run"]);

        Assert.Contains("tools/elbo sample run", trained, StringComparison.Ordinal);
        Assert.DoesNotContain(".store", trained, StringComparison.Ordinal);
        Assert.All(
            (string[])["LICENSE", "NOTICE", "data/mnist/LICENSE.md"], name => Assert.True(File.Exists(Path.Combine(files, name)), name));
    }
}
