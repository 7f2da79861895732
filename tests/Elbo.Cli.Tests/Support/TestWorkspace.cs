using System.Buffers.Binary;
using System.Text.Json;

namespace Elbo.Cli.Tests;

/// <summary>
/// A temporary folder with a small dataset (8 by 8 images, four labels) and two small trained runs, shared by tests that only read
/// them.
/// </summary>
public class TestWorkspace : IDisposable
{
    public const int TrainImages = 240;
    public const int TestImages = 60;
    public const int Labels = 4;
    public const int Side = 8;

    /// <summary>Options for a training that takes about a second.</summary>
    public static readonly string[] Small =
        ["--data", "data", "--hidden", "16", "--latent", "3", "--batch-size", "40", "--validation", "40", "--threads", "1"];

    public TestWorkspace()
    {
        WriteDataset(Path.Combine(Folder, "data"));
        ElboProcess.Run(Folder, ["train", "cvae", .. Small, "--epochs", "3", "--out", "cvae"]).AssertDone();
        ElboProcess.Run(Folder, ["train", "vae", .. Small, "--epochs", "2", "--out", "vae"]).AssertDone();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("elbo-cli-test-").FullName;

    /// <summary>Returns a new, unique path in the folder.</summary>
    public string New(string extension = "") => Path.Combine(Folder, Guid.NewGuid().ToString("N") + extension);

    /// <summary>Copies a run that a test modifies.</summary>
    public string CopyOf(string run)
    {
        var copy = New();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, run), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Path.Combine(Folder, run), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>Returns the number of test reads in the record of a run.</summary>
    public static int TestReads(string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json"))).RootElement.GetProperty("testReads").GetInt32();

    /// <summary>Changes the record of a run as an earlier version or another program would have written it: without a checksum.</summary>
    internal static void EditRecord(string run, Func<string, string> edit)
    {
        var path = Path.Combine(run, "run.json");
        var text = File.ReadAllText(path);
        var end = text.LastIndexOf(",\n  \"checksum\"", StringComparison.Ordinal);
        File.WriteAllText(path, edit(end < 0 ? text : text[..end] + "\n}\n"));
    }

    internal virtual ElboResult Run(params string[] arguments) => ElboProcess.Run(Folder, arguments);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a dataset of noisy bars, whose position depends on the label, as four raw IDX files.</summary>
    public static void WriteDataset(string folder)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        foreach (var (prefix, count) in new[] { ("train", TrainImages), ("t10k", TestImages) })
        {
            var labels = new byte[count];
            var pixels = new byte[count * Side * Side];
            for (var i = 0; i < count; i++)
            {
                labels[i] = (byte)(i % Labels);
                for (var p = 0; p < Side * Side; p++)
                    pixels[i * Side * Side + p] = (byte)(p / Side / 2 == labels[i] ? 235 + random.Next(21) : random.Next(12));
            }

            WriteIdx(Path.Combine(folder, $"{prefix}-images-idx3-ubyte"), [count, Side, Side], pixels);
            WriteIdx(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), [count], labels);
        }
    }

    private static void WriteIdx(string path, int[] sizes, byte[] values)
    {
        using var stream = File.Create(path);
        stream.Write([0, 0, 8, (byte)sizes.Length]);
        var size = new byte[4];
        foreach (var each in sizes)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, each);
            stream.Write(size);
        }

        stream.Write(values);
    }
}

[CollectionDefinition(Name)]
public sealed class SharedWorkspace : ICollectionFixture<TestWorkspace>
{
    public const string Name = "workspace";
}
