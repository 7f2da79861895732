using System.Text;

namespace Elbo.Studio.Tests;

/// <summary>A temporary folder of runs whose files are written by the test.</summary>
internal sealed class RunFolders : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("elbo-studio-runs-");

    public string Root => _root.FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Creates a catalogue of the folder or of other roots.</summary>
    public RunCatalogue Catalogue(params string[] roots) => new(roots is [] ? [Root] : roots);

    /// <summary>Writes a run with a number of finished epochs.</summary>
    public string Add(
        string name,
        int epochs = 3,
        Func<RunRecord, RunRecord>? record = null,
        Func<RunConfiguration, RunConfiguration>? configuration = null)
    {
        var directory = new RunDirectory(this[name]);
        Directory.CreateDirectory(Path.Combine(directory.Folder, "samples"));
        var settings = new RunConfiguration
        {
            Preset = "vae",
            Model = new ModelOptions { LatentSize = 2, Shape = new ImageShape(1, 2, 2) },
        };
        directory.WriteConfiguration(configuration?.Invoke(settings) ?? settings);
        var finished = new RunRecord
        {
            State = RunState.Finished,
            Machine = new MachineDescription
            {
                Processor = "a processor",
                OperatingSystem = "a system",
                Elbo = "1",
                DotNet = "1",
                TorchSharp = "1",
                LibTorch = "1",
                Threads = 1,
            },
            Seed = 0,
            Dataset = new DatasetRecord("mnist", new string('0', 64), null),
            StartedAt = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero),
        };
        directory.WriteRecord(record?.Invoke(finished) ?? finished);
        // At once, since each append waits for the disk.
        directory.AppendMetrics(Encoding.UTF8.GetBytes(
            MetricsRow.Header([new("z", 2)]) + string.Concat(Enumerable.Range(1, epochs).Select(epoch => Rows(epoch)))));
        for (var epoch = 1; epoch <= epochs; epoch++)
            AddSample(directory, epoch);
        return directory.Folder;
    }

    /// <summary>Appends an epoch with distinct terms: reconstruction 100 + epoch (validation 200 + epoch), KL 10 + epoch.</summary>
    public void AddEpoch(string name, int epoch, double klWeight = 1, double reconstructionWeight = 1)
    {
        var directory = new RunDirectory(this[name]);
        directory.AppendMetrics(Encoding.UTF8.GetBytes(Rows(epoch, klWeight, reconstructionWeight)));
        AddSample(directory, epoch);
    }

    /// <summary>Appends standard errors of the -ELBO.</summary>
    public void AddErrors(string name, params (int Epoch, string Split, double Error)[] errors)
    {
        var directory = new RunDirectory(this[name]);
        if (!File.Exists(directory.StandardErrorsPath))
            directory.AppendStandardErrors(StandardErrorTable.Begin);
        foreach (var (epoch, split, error) in errors)
            directory.AppendStandardErrors(FormattableString.Invariant($"{10 * epoch},{epoch},{split},100,{error}\n"));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static void AddSample(RunDirectory directory, int epoch) =>
        File.WriteAllBytes(directory.SamplePath(epoch), [(byte)epoch]);

    private static string Rows(int epoch, double klWeight = 1, double reconstructionWeight = 1) =>
        Row(epoch, "train", 100 + epoch, klWeight, reconstructionWeight).ToLine()
        + Row(epoch, "validation", 200 + epoch, klWeight, reconstructionWeight).ToLine();

    private static MetricsRow Row(int epoch, string split, double reconstruction, double klWeight, double reconstructionWeight) => new()
    {
        Step = 10 * epoch,
        Epoch = epoch,
        Split = split,
        Loss = reconstructionWeight * reconstruction + klWeight * (10 + epoch),
        Reconstruction = reconstruction,
        Kl = 10 + epoch,
        KlColumns = [8, 2 + epoch],
        ActiveUnits = 2,
        ReconstructionWeight = reconstructionWeight,
        KlWeight = klWeight,
        LearningRate = 0.001,
    };
}
