namespace Elbo.Packages.Tests;

/// <summary>The programs that the templates make, on data of the user's own.</summary>
public class TemplateTests(PackedFeed feed)
{
    [Fact]
    public async Task The_templates_make_programs_that_build_and_run()
    {
        LinuxX64.SkipElsewhere();
        var folder = feed.FolderFor("templates");
        var package = Path.Combine(feed.Path, $"Elbo.Templates.{PackedFeed.Version}.nupkg");
        await New(folder, "install", package);
        var (readings, drawings) = (feed.FolderFor("readings"), feed.FolderFor("drawings"));
        await New(folder, "elbo-anomaly", "-o", readings);
        await New(folder, "elbo-cvae", "-o", drawings);
        var rows = Enumerable.Range(0, 64).Select(row => $"{row % 8},{row % 8 * 2}");
        File.WriteAllLines(Path.Combine(readings, "normal.csv"), ["a,b", .. rows]);
        // The second of three rows breaks the rule that b is twice a.
        File.WriteAllLines(Path.Combine(readings, "new.csv"), ["a,b", "1,2", "7,-20", "3,6"]);
        WriteImages(drawings, "train", 40);
        WriteImages(drawings, "test", 10);

        var strangest = await StrangersProgram.BuildAndRun(readings, ["normal.csv", "new.csv"]);
        var drawn = await StrangersProgram.BuildAndRun(drawings, [".", "3"]);

        Assert.Matches(@"^row 1: \d+\.\d nats, b is -20\.0, expected ", strangest);
        Assert.Contains("64 images of label 3 in samples.png", drawn, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(drawings, "samples.png")));
        string[] projects = [Path.Combine(readings, "readings.csproj"), Path.Combine(drawings, "drawings.csproj")];
        var reference = $"Include=\"Elbo\" Version=\"{PackedFeed.Version}\"";
        Assert.All(projects, project => Assert.Contains(reference, File.ReadAllText(project), StringComparison.Ordinal));
    }

    // With settings of their own: the user's templates stay as they are.
    private static Task<string> New(string folder, params string[] arguments) =>
        DotNet.Run(folder, ["new", .. arguments, "--debug:custom-hive", Path.Combine(folder, "hive")]);

    // Images of 4 by 4 pixels, of five labels in turn.
    private static void WriteImages(string folder, string split, int count)
    {
        var pixels = Enumerable.Range(0, 16 * count).Select(pixel => (byte)(pixel / 16 % 5 * 50));
        File.WriteAllBytes(Path.Combine(folder, $"{split}.npy"), NpyBytes.File("|u1", $"({count}, 4, 4)", [.. pixels]));
        var labels = Enumerable.Range(0, count).Select(image => image % 5L);
        File.WriteAllBytes(Path.Combine(folder, $"{split}-labels.npy"), NpyBytes.Int64s($"({count},)", [.. labels]));
    }
}
