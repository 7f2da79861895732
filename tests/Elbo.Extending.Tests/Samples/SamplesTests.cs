using System.Buffers.Binary;
using Samples;

namespace Extending;

/// <summary>The programs of docs/library.md, each with less data and fewer epochs than it has by default.</summary>
public sealed class SamplesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Damaged_rings_cost_more_nats() => Assert.InRange(Anomalies.Execute(pictures: 250), 0.7, 1);

    [Fact]
    public void A_faulty_sensor_is_found_in_the_table()
    {
        var (auc, suspect) = SensorTable.Execute(rows: 2000, epochs: 10);

        Assert.InRange(auc, 0.8, 1);
        Assert.Contains(suspect, Sensors.Names);
    }

    [Fact]
    public void Pictures_of_each_class_are_written_one_file_each()
    {
        var files = Augmentation.Execute(_folder, pictures: 200, epochs: 5, each: 3);

        Assert.Equal(15, files.Count);
        Assert.Equal(files.Order(), Directory.EnumerateFiles(_folder, "*.png", SearchOption.AllDirectories).Order());
        Assert.All(files, file =>
        {
            var bytes = File.ReadAllBytes(file);
            Assert.Equal("PNG"u8.ToArray(), bytes[1..4]);
            Assert.Equal(16, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)));
            Assert.Equal(16, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
        });
        Assert.NotEqual(File.ReadAllBytes(files[0]), File.ReadAllBytes(files[^1]));
    }

    [Fact]
    public async Task Sixteen_clients_get_what_the_model_says_when_it_is_asked_alone()
    {
        FineTuning.Execute(_folder, rows: 400, epochs: 2);
        var (run, rows) = (Path.Combine(_folder, "first"), Sensors.Read(16, seed: 4));

        var answers = await Service.ExecuteAsync(run, rows);

        using var opened = Run.Load(run);
        Assert.Equal(
            Enumerable.Range(0, 16).Select(row =>
                opened.Model.Score(RowDataset.FromRows([rows.ToValues(row).Row(0)]))[0].NegativeElbo!.Value),
            answers);
        Assert.Equal(16, answers.Distinct().Count());
    }

    [Fact]
    public void Fine_tuning_adapts_the_model_to_the_second_machine()
    {
        var (before, after) = FineTuning.Execute(_folder, rows: 4000, epochs: 10);

        Assert.True(after < before - 1, $"{before} nats before, {after} after.");
    }

    [Fact]
    public void Own_modules_are_trained_and_loaded()
    {
        var (before, after) = OwnModules.Execute(_folder, rows: 800, epochs: 5);

        Assert.True(after < before - 1, $"{before} nats before, {after} after.");
    }

    [Fact]
    public void Own_parts_are_registered_trained_and_loaded()
    {
        var (before, after) = OwnParts.Execute(_folder, rows: 800, epochs: 5);

        Assert.True(after < before - 1, $"{before} nats before, {after} after.");
        Assert.Contains("\"scaled\"", File.ReadAllText(Path.Combine(_folder, "config.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_training_is_resumed()
    {
        var (stopped, resumed) = await HostedTraining.ExecuteAsync(_folder, rows: 500, epochs: 20);

        Assert.Equal((RunState.Interrupted, RunState.Finished), (stopped.State, resumed.State));
        Assert.InRange(stopped.Epochs.Count, 10, 19);
    }

    [Fact]
    public void Neighbours_of_a_digit_are_mostly_the_same_digit() =>
        Assert.InRange(LatentSearch.Execute(pictures: 2000, epochs: 3, images: 1000, queries: 20), 0.4, 1);

    [Fact]
    public void The_figures_of_the_evaluation_agree_with_each_other()
    {
        var (terms, kl, likelihood) = Evaluation.Execute(pictures: 2000, epochs: 2, images: 300, samples: 50);

        Assert.Equal(10, terms.KlPerDimension!.Count);
        Assert.Equal(terms.Kl!.Value, terms.KlPerDimension.Sum(), 1e-3);
        Assert.Equal(terms.Kl.Value, kl.MutualInformation.Nats + kl.TotalCorrelation.Nats + kl.DimensionWise.Nats, 1.0);
        Assert.InRange(likelihood.ImportanceSampling.Nats, 50, likelihood.NegativeElbo.Nats - 0.1);
    }

    [Fact]
    public void The_strangest_window_is_one_with_the_glitch()
    {
        var (found, planted) = OwnDataset.Execute(length: 4000, epochs: 10);

        Assert.InRange(planted - found, 0, SlidingWindows.Width - 1);
    }

    [Fact]
    public void Each_file_has_fewer_than_40_lines()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "samples", "Elbo.Samples"), "*.cs")
                .Where(file => !file.EndsWith("Program.cs")),
            .. Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "samples", "Elbo.Trimmed"), "*.cs"),
        ];

        Assert.True(files.Length >= 12);
        Assert.All(files, file => Assert.InRange(File.ReadLines(file).Count(), 1, 39));
    }
}
