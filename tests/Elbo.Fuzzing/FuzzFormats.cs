using System.IO.Compression;
using System.Text;

namespace Elbo.Fuzzing;

/// <summary>All kinds of inputs: every file that Elbo reads.</summary>
internal static class FuzzFormats
{
    private const string Csv = "label,a,b\ncat,1.5,2\ndog,-3,1e2\n\"cat\",4,5\n";
    private static readonly string[] Specials = ["link", "dangling link", "folder", "nothing", "sparse"];

    /// <summary>The formats; what they start from is made once.</summary>
    /// <param name="folder">A folder for that.</param>
    public static IReadOnlyList<FuzzFormat> All(string folder)
    {
        var (run, idx, pictures, rows) = (Run(folder), Idx(folder), Pictures(folder), Rows(folder));
        return
        [
            OfFile("idx", idx, "train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
            Compressed("gzip", idx, "train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
            OfFile("npy", rows, "train.npy", "test.npy"),
            new("csv", (work, random) =>
            {
                foreach (var name in new[] { "train.csv", "test.csv" })
                    File.WriteAllBytes(Path.Combine(work, name), random.Damage(Encoding.UTF8.GetBytes(Csv)));
            }, Load),
            new("png", (work, random) =>
            {
                Folders.Copy(pictures, Path.Combine(work, "source"));
                var file = Path.Combine(work, "source", $"{random.Next(3)}.png");
                File.WriteAllBytes(file, random.Damage(File.ReadAllBytes(file)));
            }, work => ImageImport.Import(new ImportOptions { Source = Path.Combine(work, "source"), Output = Path.Combine(work, "out") })),
            InRun("safetensors", run, (work, random) => DamageCheckpoint(work, random), Open),
            InRun("configuration", run, (work, random) => DamageIn(work, random, "config.json"), Open),
            InRun("record", run, (work, random) => DamageIn(work, random, "run.json"), work => RunOverview.Read(work)),
            InRun("calibration", run, (work, random) => DamageIn(work, random, "calibration.json"), work =>
            {
                using var opened = Elbo.Run.Load(work);
                _ = opened.ReadThreshold();
            }),
            InRun(
                "metrics",
                run,
                (work, random) => DamageIn(work, random, "metrics.csv"),
                work => MetricsRow.Read(Path.Combine(work, "metrics.csv"))),
            InRun("run", run, DamageAny, work =>
            {
                _ = RunOverview.Read(work);
                Open(work);
            }),
            InRun("special files", run, ReplaceAny, work =>
            {
                _ = RunOverview.Read(work);
                Open(work);
            }),
        ];
    }

    private static FuzzFormat OfFile(string name, string original, params string[] files) => new(name, (work, random) =>
    {
        Folders.Copy(original, work);
        var file = Path.Combine(work, random.Choose(files));
        File.WriteAllBytes(file, random.Damage(File.ReadAllBytes(file)));
    }, Load);

    private static FuzzFormat Compressed(string name, string original, params string[] files) => new(name, (work, random) =>
    {
        Folders.Copy(original, work);
        var file = Path.Combine(work, random.Choose(files));
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(random.Next(2) == 0 ? random.Damage(bytes) : bytes);
        File.WriteAllBytes(file + ".gz", random.Next(2) == 0 ? random.Damage(packed.ToArray()) : packed.ToArray());
    }, Load);

    private static FuzzFormat InRun(string name, string run, Action<string, FuzzRandom> damage, Action<string> read) => new(
        name,
        (work, random) =>
        {
            Folders.Copy(run, work);
            damage(work, random);
        },
        read);

    private static void Load(string work) => _ = Dataset.FromFolder(work).Train.Statistics;

    private static void Open(string work)
    {
        using var opened = Elbo.Run.Load(work);
        _ = opened.ChangedSettings();
    }

    private static void DamageIn(string work, FuzzRandom random, string name)
    {
        var file = Path.Combine(work, name);
        File.WriteAllBytes(file, random.Damage(WithoutChecksum(File.ReadAllBytes(file), random)));
    }

    // With the checksum nearly every damage ends there; without it the readers behind it are reached.
    private static byte[] WithoutChecksum(byte[] bytes, FuzzRandom random) => random.Next(2) == 0
        ? bytes
        : Encoding.Latin1.GetBytes(System.Text.RegularExpressions.Regex.Replace(
            Encoding.Latin1.GetString(bytes), ",\n  \"checksum\": \"[0-9a-f]{64}\"", ""));

    private static void DamageCheckpoint(string work, FuzzRandom random)
    {
        var file = Path.Combine(work, "checkpoints", random.Choose(["best.safetensors", "last.safetensors"]));
        var bytes = File.ReadAllBytes(file);
        var header = 8 + (int)BitConverter.ToInt64(bytes);
        byte[] text = random.Next(2) == 0
            ? bytes[8..header]
            : Encoding.Latin1.GetBytes(
                Encoding.Latin1.GetString(bytes[8..header]).Replace("header_sha256", "header_none", StringComparison.Ordinal));
        byte[] damaged = random.Next(3) == 0 ? text : random.Damage(text);
        byte[] data = random.Next(3) == 0 ? random.Damage(bytes[header..]) : bytes[header..];
        byte[] length = random.Next(8) == 0 ? random.Damage(bytes[..8]) : BitConverter.GetBytes((long)damaged.Length);
        File.WriteAllBytes(file, [.. length, .. damaged, .. data]);
    }

    private static void DamageAny(string work, FuzzRandom random)
    {
        for (var i = 0; i < 2; i++)
        {
            var file = random.Choose([.. Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]);
            File.WriteAllBytes(file, random.Damage(File.ReadAllBytes(file)));
        }
    }

    private static void ReplaceAny(string work, FuzzRandom random)
    {
        string[] entries =
            [.. Directory.EnumerateFileSystemEntries(work, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var path = random.Choose(entries);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
        switch (random.Choose(Specials))
        {
            case "link":
                File.CreateSymbolicLink(path, random.Choose(["/dev/zero", "/dev/null", "/proc/self/mem", "/etc/passwd", "/", path]));
                break;
            case "dangling link":
                File.CreateSymbolicLink(path, Path.Combine(work, "none"));
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "sparse":
                using (var stream = new FileStream(path, FileMode.CreateNew))
                    stream.SetLength(1L << 33);
                break;
        }
    }

    private static string Run(string folder)
    {
        var run = Path.Combine(folder, "run");
        using var model = Elbo.Tests.SmallRuns.Model();
        new Trainer(model, Elbo.Tests.SmallRuns.Options(run) with { SamplePages = false }).Fit(Elbo.Tests.SmallRuns.Data);
        using var trained = Elbo.Run.Load(run);
        trained.Directory.WriteCalibration(trained.Calibrate(Elbo.Tests.SmallRuns.Data.Test, 0.1));
        return run;
    }

    private static string Idx(string folder)
    {
        var idx = Directory.CreateDirectory(Path.Combine(folder, "idx")).FullName;
        foreach (var (part, count) in new[] { ("train", 6), ("t10k", 3) })
        {
            byte[] pixels = [.. Enumerable.Range(0, count * 4).Select(value => (byte)(40 * value))];
            byte[] labels = [.. pixels.Select(value => (byte)(value % 3)).Take(count)];
            File.WriteAllBytes(
                Path.Combine(idx, $"{part}-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 2, .. pixels]);
            File.WriteAllBytes(Path.Combine(idx, $"{part}-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, (byte)count, .. labels]);
        }

        return idx;
    }

    private static string Pictures(string folder)
    {
        var pictures = Directory.CreateDirectory(Path.Combine(folder, "pictures")).FullName;
        for (var i = 0; i < 3; i++)
        {
            float[] pixels = [.. Enumerable.Range(0, 16).Select(pixel => (pixel * 7 + i) % 16 / 15f)];
            new ExampleValues(new ImageShape(1, 4, 4), pixels).SavePng(Path.Combine(pictures, $"{i}.png"));
        }

        return pictures;
    }

    private static string Rows(string folder)
    {
        var rows = Directory.CreateDirectory(Path.Combine(folder, "rows")).FullName;
        foreach (var name in new[] { "train.npy", "test.npy" })
            new ExampleValues(ValueShape.Vector(2), [1, 2, 3, 4, 5, 6]).SaveNpy(Path.Combine(rows, name));
        return rows;
    }
}
