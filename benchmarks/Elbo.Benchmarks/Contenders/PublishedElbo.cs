using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>The published program (ReadyToRun), and small datasets for it.</summary>
internal sealed class PublishedElbo
{
    private const int SmallTest = 500;
    private readonly string _folder;
    private readonly string _temporary;

    private PublishedElbo(string folder, string temporary) => (_folder, _temporary) = (folder, temporary);

    /// <summary>Publishes src/Elbo.Cli into a temporary folder without modifying the working tree.</summary>
    public static PublishedElbo Publish(string repository, string temporary)
    {
        Console.Error.WriteLine("Publishing src/Elbo.Cli ...");
        var folder = Path.Combine(temporary, "published");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", Path.Combine(repository, "src", "Elbo.Cli"), "-c", "Release", "-r", "linux-x64", "-p:PublishReadyToRun=true",
                "--self-contained", "false", "-o", folder,
                "--artifacts-path", Path.Combine(temporary, "artifacts"), "-v", "quiet", "-nologo",
            ]);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("src/Elbo.Cli could not be published: see the output above.");
        return new PublishedElbo(folder, temporary);
    }

    /// <summary>Returns the start information of the program with arguments.</summary>
    public ProcessStartInfo Command(params IEnumerable<string> arguments) => new(Path.Combine(_folder, "elbo"), arguments);

    /// <summary>Returns a path that does not exist yet.</summary>
    public string NewPath(string extension = "") => Path.Combine(_temporary, Path.GetRandomFileName() + extension);

    /// <summary>Trains a model for an epoch on a small dataset, and returns the folder of the run.</summary>
    public string TrainSmall(Dataset dataset, string preset)
    {
        var run = NewPath();
        ChildProcess.Time(Command("train", preset, "--epochs", "1", "--data", WriteSmall(dataset, 2_000), "--out", run));
        return run;
    }

    /// <summary>Writes the first examples of a dataset to a folder for <c>--data</c>.</summary>
    public string WriteSmall(Dataset dataset, int train)
    {
        var folder = Path.Combine(_temporary, $"first-{train}");
        if (Directory.Exists(folder))
            return folder;
        Directory.CreateDirectory(folder);
        foreach (var (name, split, count) in new[] { ("train", dataset.Train, train), ("t10k", dataset.Test, SmallTest) })
        {
            var first = Bench.First(split, count);
            IdxFile.WriteImages(Path.Combine(folder, $"{name}-images-idx3-ubyte"), first);
            IdxFile.WriteLabels(Path.Combine(folder, $"{name}-labels-idx1-ubyte"), first.Labels);
        }

        return folder;
    }
}
