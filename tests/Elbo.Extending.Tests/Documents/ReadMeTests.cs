using System.Globalization;
using System.Text.RegularExpressions;
using Samples;
using static TorchSharp.torch.nn;

namespace Extending;

/// <summary>The console and the current folder are those of the whole process, so no other test runs beside these.</summary>
[CollectionDefinition(nameof(ReadMeTests), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>The examples of the README, run.</summary>
[Collection(nameof(ReadMeTests))]
public sealed partial class ReadMeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-readme-").FullName;
    private readonly (string Folder, TextWriter Output) _before = (Environment.CurrentDirectory, Console.Out);
    private readonly StringWriter _written = new();

    public ReadMeTests()
    {
        Environment.CurrentDirectory = _folder;
        Console.SetOut(_written);
    }

    public void Dispose()
    {
        Console.SetOut(_before.Output);
        Environment.CurrentDirectory = _before.Folder;
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_first_example_draws_sixes_and_opens_its_run_again()
    {
        ReadMeStart.Execute();

        Assert.True(new FileInfo("sixes.png").Length > 10_000);
        // A model that has learned nothing is at 543 nats, one that knows the mean of each pixel at 206.
        Assert.InRange(double.Parse(Figure().Match(_written.ToString()).Value, CultureInfo.CurrentCulture), 80, 150);
        Assert.Matches(@"the strangest image of 10000: \d+", _written.ToString());

        // Most of the sixes are more like the mean of the sixes than like that of any other digit; without a label a tenth would be.
        var digits = Elbo.Mnist.LoadTest();
        var means = Enumerable.Range(0, 10).Select(digit => Mean(digits, digit)).ToArray();
        using var run = Run.Load("runs/sixes");
        var sixes = run.Model.Sample(64, label: 6);
        Assert.InRange(Enumerable.Range(0, 64).Count(row => Nearest(means, sixes.Row(row)) == 6), 32, 64);
    }

    [Fact]
    public void Own_modules_are_the_networks_of_the_model()
    {
        var (values, weights) = ReadMeExamples.OwnModules(ValueShape.Vector(12), Linear(12, 2 * 8), Linear(8, 12));

        // Those of the two layers, and a sigma for each value.
        Assert.Equal((12, (12 + 1) * 16 + (8 + 1) * 12 + 12), (values, weights));
    }

    [Fact]
    public void Rows_get_a_Gaussian_and_pairs_a_condition()
    {
        var random = new Random(0);
        var (rows, y, x) = (Rows(12), Rows(5), Rows(3));

        var (vae, cvae) = ReadMeExamples.Tables(rows, RowDataset.FromRows(y), RowDataset.FromRows(x));

        Assert.StartsWith("gaussian", vae.Likelihood, StringComparison.Ordinal);
        Assert.Null(vae.Condition);
        Assert.StartsWith("gaussian", cvae.Likelihood, StringComparison.Ordinal);
        Assert.Equal((5, 3), (cvae.Shape.Size, cvae.Condition!.FeatureCount));

        double[][] Rows(int width) =>
            [.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextDouble()).ToArray())];
    }

    [Fact]
    public async Task A_training_is_followed_epoch_by_epoch_and_a_run_gone_on_from()
    {
        var (first, second) = (Sensors.Read(1000), Sensors.Read(500, seed: 1));
        using var model = Vae.Create(first);
        var before = new Trainer(model, new() { Epochs = 10, BatchSize = 32, Directory = "first" }).Fit(first);
        using var other = Vae.Create(first);
        using var run = Run.Load("first");

        using var stop = new CancellationTokenSource();

        var tuned = await ReadMeExamples.Trainings(new Trainer(other, new() { Epochs = 4 }), first, run, second, stop);

        var lines = _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["1", "2", "3", "4"], lines.Select(line => line.Split(':')[0]));
        Assert.Equal(3, tuned.Epochs.Count);
        var (untrained, trained) = (before.Epochs[0].TrainLoss, tuned.Epochs[0].TrainLoss);
        Assert.True(trained < untrained - 1, $"{untrained} nats in the first epoch, {trained} in that of the fine-tuning.");
    }

    private static double[] Mean(ExampleSet digits, int digit)
    {
        int[] rows = [.. Enumerable.Range(0, digits.Count).Where(row => digits.Labels.Span[row] == digit)];
        var values = digits.ToValues(rows);
        var mean = new double[digits.Shape.Size];
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var (pixel, value) in values.Row(row).Index())
                mean[pixel] += value / rows.Length;
        }

        return mean;
    }

    private static int Nearest(double[][] means, double[] image) =>
        means.Index().MinBy(mean => mean.Item.Zip(image, (a, b) => (a - b) * (a - b)).Sum()).Index;

    [GeneratedRegex(@"\d+\.\d")]
    private static partial Regex Figure();
}
