namespace Elbo.Studio.Tests;

/// <summary>Run directories in a temporary folder, written as a training writes them.</summary>
internal sealed class WrittenRuns : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("elbo-runs-").FullName;

    public RunCatalogue Catalogue => new(new StudioOptions { Roots = [Root] });

    public RunDirectory Write(
        string name, RunState state = RunState.Finished, int? process = null, Func<RunConfiguration, RunConfiguration>? change = null, params (int Epoch, double Kl, double KlWeight)[] epochs)
    {
        var directory = RunDirectory.Create(Path.Combine(Root, name));
        var preset = Presets.Find("vae");
        var configuration = new RunConfiguration { Preset = preset.Name, Model = preset.Model with { Shape = new ImageShape(1, 28, 28), LatentSize = 1 }, Objective = preset.Objective };
        directory.WriteConfiguration(change?.Invoke(configuration) ?? configuration);
        directory.WriteRecord(new RunRecord
        {
            State = state,
            Machine = MachineDescription.Current(),
            Seed = 0,
            Dataset = new DatasetRecord("mnist", "", null),
            ProcessId = process,
            StartedAt = DateTimeOffset.UtcNow,
        });
        directory.AppendMetrics(MetricsRow.Header(1) + string.Concat(epochs.SelectMany(each => new[] { "train", "validation" }, (each, split) => Row(split, each).ToLine(1))));
        return directory;
    }

    public static MetricsRow Row(string split, (int Epoch, double Kl, double KlWeight) each) => new()
    {
        Step = each.Epoch * 10,
        Epoch = each.Epoch,
        Split = split,
        Loss = 100 + each.Kl,
        Reconstruction = 100,
        KlPerDimension = [each.Kl],
        ActiveUnits = 1,
        ReconstructionWeight = 1,
        KlWeight = each.KlWeight,
        LearningRate = 0.001,
    };

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
