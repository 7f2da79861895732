using Elbo.Tests;
using SkiaSharp;

namespace Elbo.Cli.Tests;

/// <summary>Folders of pictures: imported, and scored and encoded as they are.</summary>
[Collection(AloneInProcess.Name)]
public sealed class PictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_pictures_is_scored_and_encoded_by_file_name_as_it_was_imported()
    {
        // Pictures of 8 by 4 pixels of one grey each, of three labels; they are trained on as 4 by 4.
        for (var i = 1; i <= 12; i++)
            Draw($"train/{"abc"[i % 3]}/img_{i}.jpg", 8, 4, (byte)(20 * i), SKEncodedImageFormat.Jpeg);
        Run("data", "import", "train", "--resize", "4", "--crop", "--background", "white", "--out", "data").AssertDone();
        Run("train", "cvae", "--data", "data", "--out", "run", "--epochs", "2", "--validation", "2", "--hidden", "4", "--threads", "1")
            .AssertDone();
        Run("score", "run", "--split", "test", "--out", "imported.csv").AssertDone();
        // The test picture again and others, larger and of other names and kinds; the label b does not occur.
        var test = File.ReadAllLines(_folder["imported.csv"])[1].Split(',');
        var file = test.Single(cell => cell.EndsWith(".jpg", StringComparison.Ordinal));
        Copy("train/" + file, "new/" + file.Replace("img_", "new_", StringComparison.Ordinal));
        for (var i = 1; i <= 11; i += 5)
            Draw($"new/c/x_{i}.png", 16, 8, (byte)(20 * i), SKEncodedImageFormat.Png);

        Run("score", "run", "--images", "new", "--out", "scores.csv").AssertDone();
        Run("encode", "run", "--images", "new", "--out", "z.npy").AssertDone();

        string[][] rows = [.. File.ReadAllLines(_folder["scores.csv"]).Select(line => line.Split(','))];
        var column = Array.IndexOf(rows[0], "file");
        Assert.Equal(
            ["c/x_1.png", "c/x_6.png", "c/x_11.png"],
            rows.Select(row => row[column]).Where(name => name.StartsWith("c/x", StringComparison.Ordinal)));
        // The same picture with the same label; its noise is that of another index, so only what no noise enters is the same.
        var same = rows.Single(row => row[column].Contains("new_", StringComparison.Ordinal));
        Assert.Equal(("", test[2]), (same[1], same[2]));
        Assert.Equal(double.Parse(test[^1]), double.Parse(same[^1]), 1e-4);
        Assert.Equal(
            rows.Skip(1).Select(row => row[column]),
            File.ReadAllLines(_folder["z.csv"]).Skip(1).Select(row => row.Split(',')[column]));
        Assert.Equal(4, Npy.Read(_folder["z.npy"]).Shape[0]);

        Run("score", "run", "--images", "new", "--split", "train", "--out", "no.csv").AssertFails(2, "omit --data and --split");
        Run("score", "run", "--resize", "4", "--out", "no.csv").AssertFails(2, "give --images FOLDER");
        Run("score", "run", "--images", "new", "--resize", "5", "--out", "no.csv").AssertFails(3, "1x5x5, but the model is for 1x4x4");
        Draw("new/d/1.png", 8, 4, 9, SKEncodedImageFormat.Png);
        Run("score", "run", "--images", "new", "--out", "no.csv").AssertFails(3, "has the label 'd'");
        Directory.Delete(_folder["new", "d"], recursive: true);
        Draw("new/c/red.png", 8, 4, 9, SKEncodedImageFormat.Png, red: 200);
        Run("encode", "run", "--images", "new", "--out", "no.npy").AssertFails(3, "give grey pictures");
    }

    [Fact]
    public void Refusals_name_the_options_of_the_import()
    {
        Draw("p/1.png", 2, 2, 9, SKEncodedImageFormat.Png);
        Draw("p/2.png", 3, 2, 9, SKEncodedImageFormat.Png);
        Run("data", "import", "p", "--out", "data").AssertFails(3, "--resize");
        Run("data", "import", "p", "--out", "data", "--resize", "0").AssertFails(2, "'0' is not a size");
        Run("data", "import", "p", "--out", "data", "--crop").AssertFails(2, "--resize");
        Run("data", "import", "p", "--out", "data", "--resize", "2", "--background", "grey").AssertFails(2, "--background");
        Draw("p/3.png", 2, 2, 9, SKEncodedImageFormat.Png, alpha: 128);
        Run("data", "import", "p", "--out", "data", "--resize", "2").AssertFails(3, "--background");
        Assert.False(Directory.Exists(_folder["data"]));
        Run("data", "import", "p", "--out", "data", "--resize", "2x3", "--background", "#ffffff").AssertDone();
        Assert.Equal(new ImageShape(1, 3, 2), Dataset.FromFolder(_folder["data"]).Shape);
    }

    [Fact]
    public void A_killed_import_leaves_nothing_under_the_name_and_the_next_one_removes_what_it_left()
    {
        for (var i = 0; i < 400; i++)
            Draw($"p/{i}.png", 64, 64, (byte)i, SKEncodedImageFormat.Png);
        using (var import = ElboProcess.Start(_folder.Path, "data", "import", "p", "--out", "data"))
        {
            var spin = new SpinWait();
            while (!Directory.EnumerateDirectories(_folder.Path, ".data.*.partial", Hidden).Any() && !Directory.Exists(_folder["data"]))
                spin.SpinOnce();
            import.Signal(9);
            import.Wait();
        }

        // A younger one could be of an import that has not locked it yet.
        foreach (var left in Directory.EnumerateDirectories(_folder.Path, ".data.*.partial", Hidden))
            Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddMinutes(-2));
        if (!Directory.Exists(_folder["data"]))
            Run("data", "import", "p", "--out", "data").AssertDone();

        Assert.Equal(400, new[] { Dataset.FromFolder(_folder["data"]) }.Sum(data => data.Train.Count + data.Test.Count));
        Assert.Equal(["data", "p"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static EnumerationOptions Hidden { get; } = new() { AttributesToSkip = FileAttributes.None };

    private ElboResult Run(params string[] arguments) => ElboInProcess.Run(_folder.Path, arguments);

    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[to])!);
        File.Copy(_folder[from], _folder[to]);
    }

    private void Draw(string name, int width, int height, byte grey, SKEncodedImageFormat format, byte? red = null, byte alpha = 255)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(new SKColor(red ?? grey, grey, grey, alpha));
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], bitmap.Encode(format, 100).ToArray());
    }
}
