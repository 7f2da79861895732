using System.Globalization;
using System.Text.Json;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkplace.Name)]
public class VerbTests(Workplace workplace)
{
    private const int Pixels = Workplace.Side * Workplace.Side;

    [Fact]
    public void A_training_tells_its_epochs_on_stderr_and_its_end_on_stdout()
    {
        var run = workplace.New();
        var result = workplace.Run(["train", "beta-vae", .. Workplace.Small, "--epochs", "2", "--profile", "--out", run]).AssertDone();
        Assert.Equal(
            ["epoch 1/2", "epoch 2/2"],
            result.Errors.Split('\n').Where(line => line.StartsWith("epoch", StringComparison.Ordinal)).Select(line => line[..9]));
        var name = Path.GetFileName(run);
        Assert.Contains($"Run      {name}\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{name}/samples/epoch-002.png", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{name}/curves.png", result.Output, StringComparison.Ordinal);
        Assert.Contains("-ELBO", result.Output, StringComparison.Ordinal);
        Assert.Contains("backward", result.Output, StringComparison.Ordinal);
        Assert.Contains($"sample {name} --out samples.png", result.Output, StringComparison.Ordinal);
        Assert.All(["samples/epoch-002.png", "curves.png"], picture => AssertPng(Path.Combine(run, picture)));
    }

    [Fact]
    public void A_training_whose_code_collapses_says_so_once()
    {
        string[] command = ["train", "vae", .. Workplace.Small, "--epochs", "4", "--kl-weight", "1000", "--out", workplace.New()];
        var lines = workplace.Run(command).AssertDone().Errors.Split('\n');
        Assert.Single(lines, line => line.EndsWith(
            "Collapsed: 3 of 3 latent dimensions, more than half of them, carry nothing (1-3).", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_without_a_folder_named_goes_below_runs()
    {
        var folder = Directory.CreateDirectory(workplace.New()).FullName;
        Workplace.WriteDataset(Path.Combine(folder, "data"));
        ElboProcess.Run(folder, ["train", "ae", .. Workplace.Small, "--epochs", "1"]).AssertDone();
        ElboProcess.Run(folder, ["train", "ae", .. Workplace.Small, "--epochs", "1"]).AssertDone();
        var runs = Directory.GetDirectories(Path.Combine(folder, "runs")).Select(Path.GetFileName).ToList();
        Assert.Equal(2, runs.Count);
        Assert.All(runs, run => Assert.Matches(@"^ae-\d{8}-\d{6}(-2)?$", run));
        var listed = JsonDocument.Parse(ElboProcess.Run(folder, "runs", "list", "--json").AssertDone().Output).RootElement;
        Assert.Equal(2, listed.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, listed[0].GetProperty("kl").ValueKind);
    }

    [Fact]
    public void Flags_and_settings_reach_the_configuration_and_settings_count_last()
    {
        var run = workplace.New();
        workplace.Run(
        [
            "train", "cvae", .. Workplace.Small, "--epochs", "2", "--prior", "mean-variance", "--likelihood", "gaussian", "--sigma", "0.5",
            "--samples", "2", "--kl-weight", "linear:0:1:5", "--reconstruction-weight", "2", "--free-bits", "0.1", "--activation", "tanh",
            "--no-decoder-condition", "--binarize", "dynamic", "--seed", "18446744073709551615", "--learning-rate", "0.01",
            "--set", "training.epochs=1", "--set", "model.network.hidden=12,10", "--out", run,
        ]).AssertDone();
        var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "config.json"))).RootElement;
        Assert.Equal("cvae", configuration.GetProperty("preset").GetString());
        Assert.Equal(Path.Combine(workplace.Folder, "data"), configuration.GetProperty("data").GetProperty("source").GetString());
        Assert.Equal("dynamic", configuration.GetProperty("data").GetProperty("binarize").GetString());
        Assert.Equal(40, configuration.GetProperty("data").GetProperty("validation").GetInt32());
        var model = configuration.GetProperty("model");
        Assert.Equal("mean-variance", model.GetProperty("prior").GetString());
        Assert.Equal("gaussian", model.GetProperty("likelihood").GetString());
        Assert.Equal(0.5, model.GetProperty("sigma").GetDouble());
        Assert.False(model.GetProperty("conditionDecoder").GetBoolean());
        Assert.Equal(Workplace.Labels, model.GetProperty("condition").GetProperty("count").GetInt32());
        Assert.Equal("[12,10]", JsonSerializer.Serialize(model.GetProperty("network").GetProperty("hidden")));
        Assert.Equal("tanh", model.GetProperty("network").GetProperty("activation").GetString());
        Assert.Equal(Workplace.Side, model.GetProperty("shape").GetProperty("height").GetInt32());
        var objective = configuration.GetProperty("objective");
        Assert.Equal(2, objective.GetProperty("samples").GetInt32());
        Assert.Equal("linear:0:1:5", objective.GetProperty("klWeight").GetString());
        Assert.Equal(2, objective.GetProperty("reconstructionWeight").GetDouble());
        Assert.Equal(0.1, objective.GetProperty("freeBits").GetDouble());
        var training = configuration.GetProperty("training");
        Assert.Equal(1, training.GetProperty("epochs").GetInt32());
        Assert.Equal(ulong.MaxValue, training.GetProperty("seed").GetUInt64());
        Assert.Equal(1, training.GetProperty("threads").GetInt32());
        Assert.Equal(0.01, training.GetProperty("learningRate").GetDouble());
    }

    [Fact]
    public void A_runs_configuration_trains_the_same_run_again()
    {
        var run = workplace.New();
        workplace.Run("train", "cvae/config.json", "--out", run).AssertDone();
        foreach (var file in new[] { "config.json", "metrics.csv", "checkpoints/best.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(workplace.Folder, "cvae", file)), File.ReadAllBytes(Path.Combine(run, file)));
    }

    [Fact]
    public void Samples_of_every_label_share_their_styles_with_those_of_one()
    {
        var (every, two, drawn) = (workplace.New(".npy"), workplace.New(".npy"), workplace.New(".npy"));
        workplace.Run("sample", "cvae", "--count", "5", "--out", every).AssertDone();
        workplace.Run("sample", "cvae", "--count", "5", "--label", "3", "--label", "1", "--out", two).AssertDone();
        workplace.Run("sample", "cvae", "--count", "5", "--draw", "--out", drawn).AssertDone();
        var (shape, values) = Npy.Read(every);
        Assert.Equal([5 * Workplace.Labels, 1, Workplace.Side, Workplace.Side], shape);
        Assert.All(values, value => Assert.InRange(value, 0, 1));
        var (shapeOfTwo, valuesOfTwo) = Npy.Read(two);
        Assert.Equal([10, 1, Workplace.Side, Workplace.Side], shapeOfTwo);
        Assert.Equal(values[(15 * Pixels)..(20 * Pixels)], valuesOfTwo[..(5 * Pixels)]);
        Assert.Equal(values[(5 * Pixels)..(10 * Pixels)], valuesOfTwo[(5 * Pixels)..]);
        var bits = Npy.Read(drawn).Values;
        Assert.All(bits, value => Assert.True(value is 0 or 1));
        Assert.Contains(0, bits);
        Assert.Contains(1, bits);
    }

    [Fact]
    public void The_seed_decides_what_is_sampled()
    {
        string[] files = [workplace.New(".npy"), workplace.New(".npy"), workplace.New(".npy")];
        foreach (var (file, seed) in files.Zip(["1", "1", "2"]))
            workplace.Run("sample", "vae", "--count", "7", "--seed", seed, "--out", file).AssertDone();
        Assert.Equal(File.ReadAllBytes(files[0]), File.ReadAllBytes(files[1]));
        Assert.NotEqual(File.ReadAllBytes(files[0]), File.ReadAllBytes(files[2]));
    }

    [Theory]
    [InlineData("sample", "vae")]
    [InlineData("sample", "cvae --label 2")]
    [InlineData("reconstruct", "cvae --count 23")]
    [InlineData("interpolate", "vae --from 0 --to 1")]
    [InlineData("interpolate", "cvae --from 0 --to 1 --steps 3")]
    [InlineData("interpolate", "cvae --from-label 0 --to-label 3")]
    [InlineData("traverse", "vae --steps 5")]
    [InlineData("traverse", "cvae --label 1")]
    public void Pictures_are_written_where_they_are_wanted_and_named_on_stdout(string verb, string arguments)
    {
        var picture = workplace.New(".png");
        var result = workplace.Run([verb, .. arguments.Split(' '), "--out", picture]).AssertDone();
        Assert.Equal(Path.GetFileName(picture) + "\n", result.Output);
        AssertPng(picture);
    }

    [Fact]
    public void A_picture_without_a_name_lands_beside_the_runs_own()
    {
        var run = workplace.CopyOf("cvae");
        var first = workplace.Run("sample", run, "--label", "2").AssertDone().Output.Trim();
        var second = workplace.Run("sample", run, "--label", "2").AssertDone().Output.Trim();
        Assert.Equal($"{Path.GetFileName(run)}/samples/label-2-seed-0.png", first);
        Assert.Equal($"{Path.GetFileName(run)}/samples/label-2-seed-0-2.png", second);
        Assert.Equal(File.ReadAllBytes(Path.Combine(workplace.Folder, first)), File.ReadAllBytes(Path.Combine(workplace.Folder, second)));
    }

    [Fact]
    public void Scores_add_up_and_average_to_what_evaluate_says()
    {
        var (run, path) = (workplace.CopyOf("cvae"), workplace.New(".csv"));
        workplace.Run("score", run, "--out", path).AssertDone();
        var lines = File.ReadAllLines(path);
        Assert.Equal("index,label,negative_elbo,reconstruction,kl", lines[0]);
        Assert.Equal(Workplace.TestImages + 1, lines.Length);
        double[][] rows = [.. lines.Skip(1).Select(
            line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        Assert.All(rows, (row, index) =>
        {
            Assert.Equal(index, row[0]);
            Assert.Equal(index % Workplace.Labels, row[1]);
            Assert.Equal(row[2], row[3] + row[4], 9);
            Assert.True(row[4] >= 0);
        });
        var figures = JsonDocument.Parse(workplace.Run("evaluate", run, "--no-label-report", "--json").AssertDone().Output).RootElement;
        Assert.Equal(figures.GetProperty("kl").GetDouble(), rows.Average(row => row[4]), 4);
        var standardError = figures.GetProperty("negativeElboStandardError").GetDouble();
        Assert.Equal(figures.GetProperty("negativeElbo").GetDouble(), rows.Average(row => row[2]), 4 * standardError);
    }

    [Fact]
    public void Codes_are_one_row_per_example()
    {
        var path = workplace.New(".npy");
        workplace.Run("encode", "vae", "--split", "validation", "--out", path).AssertDone();
        Assert.Equal([40, 3], Npy.Read(path).Shape);
        var other = workplace.New(".npy");
        workplace.Run("encode", "vae", "--data", "data", "--split", "test", "--out", other).AssertDone();
        Assert.Equal([Workplace.TestImages, 3], Npy.Read(other).Shape);
    }

    [Fact]
    public void Runs_are_compared_by_the_settings_that_differ()
    {
        var runs = JsonDocument.Parse(workplace.Run("runs", "compare", "cvae", "vae", "--json").AssertDone().Output).RootElement;
        var differing = runs[0].GetProperty("differingSettings");
        Assert.Equal("cvae", differing.GetProperty("preset").GetString());
        Assert.Equal("3", differing.GetProperty("training.epochs").GetString());
        Assert.False(differing.TryGetProperty("model.latentSize", out _));
        Assert.Equal("2", runs[1].GetProperty("differingSettings").GetProperty("training.epochs").GetString());
        Assert.Contains("model.prior", workplace.Run("runs", "compare", "cvae", "vae").AssertDone().Output, StringComparison.Ordinal);
        Assert.Contains("cvae", workplace.Run("runs", "list", ".").AssertDone().Output, StringComparison.Ordinal);
        Assert.Contains("finished", workplace.Run("runs", "show", "cvae").AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_is_verified_and_imported()
    {
        Assert.Contains("unknown (well-formed", workplace.Run("data", "verify", "data").AssertDone().Output, StringComparison.Ordinal);
        var samples = workplace.New(".npy");
        workplace.Run("sample", "cvae", "--count", "10", "--out", samples).AssertDone();
        var imported = workplace.New();
        workplace.Run("data", "import", samples, "--test", "0.25", "--out", imported).AssertDone();
        Assert.Contains(
            "30 training and 10 test images of 1x8x8",
            workplace.Run("data", "verify", imported).AssertDone().Output,
            StringComparison.Ordinal);
        workplace.Run("data", "import", samples, "--out", imported).AssertFails(2, "never overwritten");
        File.Delete(Path.Combine(imported, "t10k-images-idx3-ubyte.gz"));
        Assert.Equal(3, workplace.Run("data", "verify", imported).ExitCode);
        Assert.Contains("mnist", workplace.Run("data", "list").AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_finds_nothing_wrong_here()
    {
        var report = JsonDocument.Parse(workplace.Run("doctor", "--json").AssertDone().Output).RootElement;
        Assert.True(report.GetProperty("ok").GetBoolean());
        var names = report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("name").GetString()!).ToList();
        Assert.Superset(new HashSet<string> { "machine", ".NET", "TorchSharp", "libtorch", "threads", "CUDA", "data" }, names.ToHashSet());
    }

    private static void AssertPng(string path) => Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(path)[..4]);
}
