using System.Globalization;
using System.Text.Json;

namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class CommandTests(WorkspaceInProcess workspace)
{
    private const int Pixels = TestWorkspace.Side * TestWorkspace.Side;

    [Fact]
    public void A_training_reports_its_epochs_on_stderr_and_its_summary_on_stdout()
    {
        var run = workspace.New();
        var result = workspace.Run(["train", "beta-vae", .. TestWorkspace.Small, "--epochs", "2", "--profile", "--out", run]).AssertDone();
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
        Assert.All(["samples/epoch-002.png", "curves.png"], file => AssertPng(Path.Combine(run, file)));
    }

    [Fact]
    public void Posterior_collapse_is_reported_once()
    {
        string[] command = ["train", "vae", .. TestWorkspace.Small, "--epochs", "4", "--kl-weight", "1000", "--out", workspace.New()];
        var lines = workspace.Run(command).AssertDone().Errors.Split('\n');
        Assert.Single(lines, line => line.EndsWith(
            "Posterior collapse: 3 of 3 latent dimensions, more than half, are inactive (1-3).", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_without_a_given_folder_is_created_in_runs()
    {
        var folder = Directory.CreateDirectory(workspace.New()).FullName;
        TestWorkspace.WriteDataset(Path.Combine(folder, "data"));
        ElboProcess.Run(folder, ["train", "ae", .. TestWorkspace.Small, "--epochs", "1"]).AssertDone();
        ElboProcess.Run(folder, ["train", "ae", .. TestWorkspace.Small, "--epochs", "1"]).AssertDone();
        var runs = Directory.GetDirectories(Path.Combine(folder, "runs")).Select(Path.GetFileName).ToList();
        Assert.Equal(2, runs.Count);
        Assert.All(runs, run => Assert.Matches(@"^ae-\d{8}-\d{6}(-2)?$", run));
        var listed = JsonDocument.Parse(ElboProcess.Run(folder, "runs", "list", "--json").AssertDone().Output).RootElement;
        Assert.Equal(2, listed.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, listed[0].GetProperty("kl").ValueKind);
    }

    [Fact]
    public void Options_and_settings_are_applied_and_settings_override_options()
    {
        var run = workspace.New();
        workspace.Run(
        [
            "train", "cvae", .. TestWorkspace.Small, "--epochs", "2", "--prior", "mean-variance", "--likelihood", "gaussian",
            "--sigma", "0.5", "--samples", "2", "--kl-weight", "linear:0:1:5", "--reconstruction-weight", "2", "--free-bits", "0.1",
            "--activation", "tanh", "--no-decoder-condition", "--binarize", "dynamic", "--seed", "18446744073709551615",
            "--learning-rate", "0.01", "--no-sample-pages", "--set", "training.epochs=1", "--set", "model.network.hidden=12,10",
            "--out", run,
        ]).AssertDone();
        var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "config.json"))).RootElement;
        Assert.Equal("cvae", configuration.GetProperty("preset").GetString());
        Assert.Equal(Path.Combine(workspace.Folder, "data"), configuration.GetProperty("data").GetProperty("source").GetString());
        Assert.Equal("dynamic", configuration.GetProperty("data").GetProperty("binarize").GetString());
        Assert.Equal(40, configuration.GetProperty("data").GetProperty("validation").GetInt32());
        var model = configuration.GetProperty("model");
        Assert.Equal("mean-variance", model.GetProperty("prior").GetString());
        Assert.Equal("gaussian", model.GetProperty("likelihood").GetString());
        Assert.Equal(0.5, model.GetProperty("sigma").GetDouble());
        Assert.False(model.GetProperty("conditionDecoder").GetBoolean());
        Assert.Equal(TestWorkspace.Labels, model.GetProperty("condition").GetProperty("count").GetInt32());
        Assert.Equal("[12,10]", JsonSerializer.Serialize(model.GetProperty("network").GetProperty("hidden")));
        Assert.Equal("tanh", model.GetProperty("network").GetProperty("activation").GetString());
        Assert.Equal(TestWorkspace.Side, model.GetProperty("shape").GetProperty("height").GetInt32());
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
        Assert.False(training.GetProperty("samplePages").GetBoolean());
        Assert.Empty(Directory.GetFiles(Path.Combine(run, "samples")));
    }

    [Fact]
    public void The_configuration_of_a_run_reproduces_the_run()
    {
        var run = workspace.New();
        workspace.Run("train", "cvae/config.json", "--out", run).AssertDone();
        foreach (var file in new[] { "config.json", "metrics.csv", "checkpoints/best.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(workspace.Folder, "cvae", file)), File.ReadAllBytes(Path.Combine(run, file)));
    }

    [Fact]
    public void A_finished_run_is_resumed_with_more_epochs()
    {
        var (longer, shorter) = (workspace.New(), workspace.New());
        workspace.Run(["train", "cvae", .. TestWorkspace.Small, "--epochs", "3", "--out", longer]).AssertDone();
        workspace.Run(["train", "cvae", .. TestWorkspace.Small, "--epochs", "1", "--out", shorter]).AssertDone();
        workspace.Run("resume", shorter, "--epochs", "3").AssertDone();
        foreach (var file in new[] { "metrics.csv", "checkpoints/last.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(longer, file)), File.ReadAllBytes(Path.Combine(shorter, file)));
    }

    [Fact]
    public void Samples_of_all_labels_share_their_styles_with_those_of_selected_labels()
    {
        var (every, two, drawn) = (workspace.New(".npy"), workspace.New(".npy"), workspace.New(".npy"));
        workspace.Run("sample", "cvae", "--count", "5", "--out", every).AssertDone();
        workspace.Run("sample", "cvae", "--count", "5", "--label", "3", "--label", "1", "--out", two).AssertDone();
        workspace.Run("sample", "cvae", "--count", "5", "--draw", "--out", drawn).AssertDone();
        var (shape, values) = Npy.Read(every);
        Assert.Equal([5 * TestWorkspace.Labels, 1, TestWorkspace.Side, TestWorkspace.Side], shape);
        Assert.All(values, value => Assert.InRange(value, 0, 1));
        var (shapeOfTwo, valuesOfTwo) = Npy.Read(two);
        Assert.Equal([10, 1, TestWorkspace.Side, TestWorkspace.Side], shapeOfTwo);
        Assert.Equal(values[(15 * Pixels)..(20 * Pixels)], valuesOfTwo[..(5 * Pixels)]);
        Assert.Equal(values[(5 * Pixels)..(10 * Pixels)], valuesOfTwo[(5 * Pixels)..]);
        var bits = Npy.Read(drawn).Values;
        Assert.All(bits, value => Assert.True(value is 0 or 1));
        Assert.Contains(0, bits);
        Assert.Contains(1, bits);
    }

    [Fact]
    public void The_samples_depend_only_on_the_seed()
    {
        string[] files = [workspace.New(".npy"), workspace.New(".npy"), workspace.New(".npy")];
        foreach (var (file, seed) in files.Zip(["1", "1", "2"]))
            workspace.Run("sample", "vae", "--count", "7", "--seed", seed, "--out", file).AssertDone();
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
    public void Images_are_written_to_the_given_path_and_the_path_is_printed_on_stdout(string command, string arguments)
    {
        var path = workspace.New(".png");
        var result = workspace.Run([command, .. arguments.Split(' '), "--out", path]).AssertDone();
        Assert.Equal(Path.GetFileName(path) + "\n", result.Output);
        AssertPng(path);
    }

    [Fact]
    public void An_image_without_a_given_path_is_written_to_the_samples_folder_of_the_run()
    {
        var run = workspace.CopyOf("cvae");
        var first = workspace.Run("sample", run, "--label", "2").AssertDone().Output.Trim();
        var second = workspace.Run("sample", run, "--label", "2").AssertDone().Output.Trim();
        Assert.Equal($"{Path.GetFileName(run)}/samples/label-2-seed-0.png", first);
        Assert.Equal($"{Path.GetFileName(run)}/samples/label-2-seed-0-2.png", second);
        Assert.Equal(File.ReadAllBytes(Path.Combine(workspace.Folder, first)), File.ReadAllBytes(Path.Combine(workspace.Folder, second)));
    }

    [Fact]
    public void Scores_add_up_and_their_mean_matches_evaluate()
    {
        var (run, path) = (workspace.CopyOf("cvae"), workspace.New(".csv"));
        workspace.Run("score", run, "--out", path).AssertDone();
        var lines = File.ReadAllLines(path);
        Assert.Equal("index,split,label,negative_elbo,reconstruction,kl", lines[0]);
        Assert.Equal(TestWorkspace.TestImages + 1, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Equal("test", line.Split(',')[1]));
        double[][] rows = [.. lines.Skip(1).Select(
            line => line.Split(',').Where((_, column) => column != 1)
                .Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        Assert.All(rows, (row, index) =>
        {
            Assert.Equal(index, row[0]);
            Assert.Equal(index % TestWorkspace.Labels, row[1]);
            Assert.Equal(row[2], row[3] + row[4], 9);
            Assert.True(row[4] >= 0);
        });
        var metrics = JsonDocument.Parse(workspace.Run("evaluate", run, "--no-label-report", "--json").AssertDone().Output).RootElement;
        Assert.Equal(metrics.GetProperty("kl").GetDouble(), rows.Average(row => row[4]), 4);
        var standardError = metrics.GetProperty("negativeElboStandardError").GetDouble();
        Assert.Equal(metrics.GetProperty("negativeElbo").GetDouble(), rows.Average(row => row[2]), 4 * standardError);
    }

    [Fact]
    public void Codes_have_one_row_per_example()
    {
        var path = workspace.New(".npy");
        workspace.Run("encode", "vae", "--split", "validation", "--out", path).AssertDone();
        Assert.Equal([40, 3], Npy.Read(path).Shape);
        var other = workspace.New(".npy");
        workspace.Run("encode", "vae", "--data", "data", "--split", "test", "--out", other).AssertDone();
        Assert.Equal([TestWorkspace.TestImages, 3], Npy.Read(other).Shape);
    }

    [Fact]
    public void Runs_are_compared_by_the_settings_that_differ()
    {
        var runs = JsonDocument.Parse(workspace.Run("runs", "compare", "cvae", "vae", "--json").AssertDone().Output).RootElement;
        var differing = runs[0].GetProperty("differingSettings");
        Assert.Equal("cvae", differing.GetProperty("preset").GetString());
        Assert.Equal("3", differing.GetProperty("training.epochs").GetString());
        Assert.False(differing.TryGetProperty("model.latentSize", out _));
        Assert.Equal("2", runs[1].GetProperty("differingSettings").GetProperty("training.epochs").GetString());
        Assert.Contains("model.prior", workspace.Run("runs", "compare", "cvae", "vae").AssertDone().Output, StringComparison.Ordinal);
        Assert.Contains("cvae", workspace.Run("runs", "list", ".").AssertDone().Output, StringComparison.Ordinal);
        Assert.Contains("finished", workspace.Run("runs", "show", "cvae").AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_is_verified_and_imported()
    {
        Assert.Contains("unknown (well-formed", workspace.Run("data", "verify", "data").AssertDone().Output, StringComparison.Ordinal);
        var samples = workspace.New(".npy");
        workspace.Run("sample", "cvae", "--count", "10", "--out", samples).AssertDone();
        var imported = workspace.New();
        workspace.Run("data", "import", samples, "--test", "0.25", "--out", imported).AssertDone();
        Assert.Contains(
            "30 training and 10 test images of 1x8x8",
            workspace.Run("data", "verify", imported).AssertDone().Output,
            StringComparison.Ordinal);
        workspace.Run("data", "import", samples, "--out", imported).AssertFails(2, "never overwritten");
        File.Delete(Path.Combine(imported, "t10k-images-idx3-ubyte.gz"));
        Assert.Equal(3, workspace.Run("data", "verify", imported).ExitCode);
        Assert.Contains("mnist", workspace.Run("data", "list").AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_finds_no_problems()
    {
        var report = JsonDocument.Parse(workspace.Run("doctor", "--json").AssertDone().Output).RootElement;
        Assert.True(report.GetProperty("ok").GetBoolean());
        var names = report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("name").GetString()!).ToList();
        Assert.Superset(new HashSet<string> { "machine", ".NET", "TorchSharp", "libtorch", "threads", "CUDA", "data" }, names.ToHashSet());
    }

    private static void AssertPng(string path) => Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(path)[..4]);
}
