using System.Globalization;
using System.Text.Json;

namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class SweepTests(WorkspaceInProcess workspace)
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Fact]
    public void The_table_has_the_metrics_of_each_run_and_the_test_split_is_not_read()
    {
        var sweep = workspace.New();
        var result = workspace.Run([.. SweepInto(sweep, "objective.klWeight=0.5,4,linear:0:1:9", epochs: 3)]).AssertDone();

        var lines = File.ReadAllLines(Path.Combine(sweep, "sweep.csv"));
        Assert.Equal("value,run,state,split,epoch,negative_elbo,reconstruction,kl,active_units", lines[0]);
        Assert.Equal(["0.5", "4", "linear:0:1:9"], lines.Skip(1).Select(line => line.Split(',')[0]));
        foreach (var cells in lines.Skip(1).Select(line => line.Split(',')))
        {
            var run = Path.Combine(sweep, cells[1]);
            var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json"))).RootElement;
            var bestEpoch = record.GetProperty("bestEpoch").GetInt32();
            var metrics = File.ReadAllLines(Path.Combine(run, "metrics.csv")).Select(line => line.Split(',')).ToList();
            var best = Assert.Single(metrics, row => row[1] == $"{bestEpoch}" && row[2] == "validation");
            // step, epoch, split, loss, negative_elbo, reconstruction, kl, active_units, ...
            Assert.Equal(["finished", "validation", best[1], best[4], best[5], best[6], best[7]], cells[2..]);
            Assert.Equal(0, TestWorkspace.TestReads(run));
            Assert.DoesNotContain(metrics, row => row[2] == "test");
            var printed = Assert.Single(result.Output.Split('\n'), line => line.StartsWith(cells[0] + " ", StringComparison.Ordinal));
            Assert.Equal(
                [Rounded(best[4]), Rounded(best[5]), Rounded(best[6])], printed.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..4]);
        }

        Assert.Equal(
            ["klWeight-0.5", "klWeight-4", "klWeight-linear-0-1-9"], Directory.GetDirectories(sweep).Select(Path.GetFileName).Order());
        var page = File.ReadAllText(Path.Combine(sweep, "sweep.html"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        foreach (var picture in new[] { "rate-distortion.png", "samples.png" })
            Assert.Contains(Convert.ToBase64String(File.ReadAllBytes(Path.Combine(sweep, picture))), page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_a_sweep_is_identical_to_a_run_of_train_with_that_value()
    {
        var (sweep, run) = (workspace.New(), workspace.New());
        workspace.Run([.. SweepInto(sweep, "model.network.hidden=[12,10],[9]", epochs: 2)]).AssertDone();
        workspace.Run(
            ["train", "vae", .. TestWorkspace.Small, "--epochs", "2", "--set", "model.network.hidden=12,10", "--out", run]).AssertDone();
        var sweepRun = Path.Combine(sweep, "hidden-12-10");
        Assert.Equal(File.ReadAllText(Path.Combine(run, "config.json")), File.ReadAllText(Path.Combine(sweepRun, "config.json")));
        Assert.Equal(Bytes(run, "checkpoints/last.safetensors"), Bytes(sweepRun, "checkpoints/last.safetensors"));
        Assert.Contains("\"[12,10]\",hidden-12-10,", File.ReadAllText(Path.Combine(sweep, "sweep.csv")), StringComparison.Ordinal);
        Assert.DoesNotContain("--set", File.ReadAllText(Path.Combine(sweep, "sweep.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_interrupted_by_either_signal_resumes_to_a_bitwise_identical_result()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these signals do not exist on Windows");
        const string set = "objective.klWeight=0.5,1,2";
        var (uninterrupted, stopped) = (workspace.New(), workspace.New());
        workspace.Run([.. Interrupted(uninterrupted)]).AssertDone();
        foreach (var (signal, exitCode, moment) in new[] { (Interrupt, 130, "1/3  "), (Terminate, 143, "2/3  objective.klWeight=1 into") })
        {
            using var sweep = ElboProcess.Start(workspace.Folder, [.. Interrupted(stopped)]);
            sweep.WaitForError(moment);
            sweep.Signal(signal);
            var result = sweep.Wait();
            Assert.Equal(exitCode, result.ExitCode);
            Assert.Equal("", result.Output);
            Assert.Contains("sweep vae --data data", result.Errors, StringComparison.Ordinal);
            Assert.Contains($"--set {set} --out {stopped}", result.Errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(stopped, "klWeight-2")));
        }

        var resumed = workspace.Run([.. Interrupted(stopped)]).AssertDone();
        Assert.Contains("klWeight=0.5 is already finished", resumed.Errors, StringComparison.Ordinal);
        Assert.Contains("klWeight=1 is resumed", resumed.Errors, StringComparison.Ordinal);
        SweepFiles.AssertSame(uninterrupted, stopped);

        // Another invocation has nothing to do and changes nothing.
        workspace.Run([.. Interrupted(stopped)]).AssertDone();
        SweepFiles.AssertSame(uninterrupted, stopped);

        // Without the pages of samples, which take most of the time of such small epochs.
        static IEnumerable<string> Interrupted(string folder) => [.. SweepInto(folder, set, epochs: 60), "--no-sample-pages"];
    }

    [Fact]
    public void A_run_killed_before_its_first_checkpoint_is_started_again()
    {
        const string set = "objective.klWeight=0.5,1";
        var (uninterrupted, killed) = (workspace.New(), workspace.New());
        foreach (var folder in new[] { uninterrupted, killed })
            workspace.Run([.. SweepInto(folder, set, epochs: 1)]).AssertDone();
        var run = Path.Combine(killed, "klWeight-1");
        foreach (var file in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("config.json" or "run.json" or "training.lock")))
            File.Delete(file);

        workspace.Run([.. SweepInto(killed, set, epochs: 1)]).AssertDone();

        SweepFiles.AssertSame(uninterrupted, killed);
    }

    [Fact]
    public void A_sweep_can_be_extended_by_more_values()
    {
        var (uninterrupted, extended) = (workspace.New(), workspace.New());
        workspace.Run([.. SweepInto(uninterrupted, "training.seed=1,2,3", epochs: 1)]).AssertDone();
        workspace.Run([.. SweepInto(extended, "training.seed=1,3", epochs: 1)]).AssertDone();
        workspace.Run([.. SweepInto(extended, "training.seed=1,2,3", epochs: 1)]).AssertDone();
        SweepFiles.AssertSame(uninterrupted, extended);
    }

    [Fact]
    public void Content_that_does_not_belong_to_the_sweep_is_rejected_and_unchanged()
    {
        var sweep = workspace.New();
        workspace.Run([.. SweepInto(sweep, "objective.klWeight=0.5,1", epochs: 1)]).AssertDone();
        var before = SweepFiles.Contents(sweep);

        AssertRejected(SweepInto(workspace.CopyOf("vae"), "objective.klWeight=0.5,1", epochs: 1), "is not a sweep");
        AssertRejected(SweepInto(sweep, "objective.freeBits=0,1", epochs: 1), "over objective.klWeight", "over objective.freeBits");
        AssertRejected(SweepInto(sweep, "objective.klWeight=0.5,2", epochs: 1), "klWeight-1", "none of the values");
        AssertRejected(SweepInto(sweep, "objective.klWeight=0.5,1", epochs: 2), "training.epochs 1", "the sweep has 2");
        Assert.Equal(before, SweepFiles.Contents(sweep));

        var notes = Path.Combine(sweep, "klWeight-2");
        Directory.CreateDirectory(notes);
        File.WriteAllText(Path.Combine(notes, "notes.txt"), "mine");
        AssertRejected(SweepInto(sweep, "objective.klWeight=0.5,1,2", epochs: 1), "klWeight-2", "not a run of this sweep");
        Assert.Equal("mine", File.ReadAllText(Path.Combine(notes, "notes.txt")));

        void AssertRejected(IEnumerable<string> arguments, params string[] parts) => workspace.Run([.. arguments]).AssertFails(2, parts);
    }

    [Fact]
    public void A_run_trained_on_other_data_is_rejected()
    {
        var (data, sweep) = (workspace.New(), workspace.New());
        TestWorkspace.WriteDataset(data);
        string[] command = [.. SweepInto(sweep, "training.seed=1,2", epochs: 1), "--set", $"data.source={data}"];
        workspace.Run(command).AssertDone();
        var labels = Path.Combine(data, "train-labels-idx1-ubyte");
        var bytes = File.ReadAllBytes(labels);
        bytes[^1] ^= 1;
        File.WriteAllBytes(labels, bytes);
        workspace.Run(command).AssertFails(2, "seed-1", "other data");
    }

    [Fact]
    public void A_diverging_value_is_reported_and_the_others_are_trained()
    {
        var sweep = workspace.New();
        var result = workspace.Run([.. SweepInto(sweep, "training.learningRate=1e30,0.001", epochs: 1)]);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("learningRate=1e30 failed", result.Errors, StringComparison.Ordinal);
        var lines = File.ReadAllLines(Path.Combine(sweep, "sweep.csv"));
        Assert.Equal("1e30,learningRate-1e30,failed,,,,,,", lines[1]);
        Assert.StartsWith("0.001,learningRate-0.001,finished,validation,1,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_diverges_is_a_result_for_every_worker()
    {
        var folder = workspace.New();
        string[] command =
        [
            "sweep", "vae", .. TestWorkspace.Small, "--epochs", "1", "--no-sample-pages", "--set", "training.learningRate=1e30,0.001",
            "--worker", "--out", folder,
        ];
        var first = workspace.Run(command);
        Assert.Equal(5, first.ExitCode);
        Assert.Contains("learningRate=1e30 failed", first.Errors, StringComparison.Ordinal);
        var before = SweepFiles.Contents(folder);

        var second = workspace.Run(command);

        Assert.Equal(5, second.ExitCode);
        Assert.Equal(first.Output, second.Output);
        Assert.DoesNotContain("into", second.Errors, StringComparison.Ordinal);
        Assert.Equal(before, SweepFiles.Contents(folder));
        Assert.Equal("1e30,learningRate-1e30,failed,,,,,,", File.ReadAllLines(Path.Combine(folder, "sweep.csv"))[1]);
    }

    [Fact]
    public void Without_a_validation_split_the_test_split_is_read_once_and_reported()
    {
        var sweep = workspace.New();
        workspace.Run([.. SweepInto(sweep, "training.seed=1,2", epochs: 1), "--set", "data.validation=0"]).AssertDone();
        foreach (var cells in File.ReadAllLines(Path.Combine(sweep, "sweep.csv")).Skip(1).Select(line => line.Split(',')))
        {
            Assert.Equal("test", cells[3]);
            Assert.Equal(1, TestWorkspace.TestReads(Path.Combine(sweep, cells[1])));
        }
    }

    [Fact]
    public void A_model_without_a_KL_term_has_a_table_and_samples_but_no_rate_distortion_plot()
    {
        var sweep = workspace.New();
        var result = workspace.Run(
            ["sweep", "ae", .. TestWorkspace.Small, "--epochs", "1", "--set", "model.latentSize=2,4", "--json", "--out", sweep])
            .AssertDone();
        var values = JsonDocument.Parse(result.Output).RootElement.GetProperty("values");
        Assert.Equal(2, values.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, values[0].GetProperty("kl").ValueKind);
        Assert.True(values[0].GetProperty("reconstruction").GetDouble() > 0);
        Assert.False(File.Exists(Path.Combine(sweep, "rate-distortion.png")));
        Assert.True(File.Exists(Path.Combine(sweep, "samples.png")));
    }

    [Fact]
    public void A_model_that_completes_images_has_a_table_and_samples()
    {
        var sweep = workspace.New();
        workspace.Run(
            ["sweep", "cvae-quadrant-1", .. TestWorkspace.Small, "--epochs", "1", "--set", "objective.klWeight=1,2", "--out", sweep])
            .AssertDone();

        Assert.True(File.Exists(Path.Combine(sweep, "samples.png")));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(sweep, "sweep.csv")).Length);
    }

    [Fact]
    public void Draws_of_several_settings_have_a_column_for_each()
    {
        var sweep = workspace.New();
        var result = workspace.Run(
        [
            "sweep", "vae", .. TestWorkspace.Small, "--epochs", "1", "--no-sample-pages", "--seed", "7", "--json", "--out", sweep,
            "--grid", "training.learningRate=log:1e-4..1e-2,objective.klWeight=1,linear:0:1:3", "--random", "3",
        ]).AssertDone();

        var printed = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            ["training.learningRate", "objective.klWeight"], printed.GetProperty("settings").EnumerateArray().Select(path => path.GetString()));
        var lines = File.ReadAllLines(Path.Combine(sweep, "sweep.csv"));
        Assert.StartsWith("training.learningRate,objective.klWeight,run,state,", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, printed.GetProperty("values").GetArrayLength());
        var page = File.ReadAllText(Path.Combine(sweep, "sweep.html"));
        Assert.Contains("<th>training.learningRate</th><th>objective.klWeight</th>", page, StringComparison.Ordinal);
        foreach (var (row, line) in printed.GetProperty("values").EnumerateArray().Zip(lines.Skip(1)))
        {
            var (cells, values) = (line.Split(','), row.GetProperty("values"));
            Assert.Equal(cells[0], values.GetProperty("training.learningRate").GetString());
            Assert.Equal(cells[1], values.GetProperty("objective.klWeight").GetString());
            Assert.Contains($"<td>{cells[0]}</td><td>{cells[1]}</td>", page, StringComparison.Ordinal);
            // What was trained is what the table says.
            var training = JsonDocument.Parse(File.ReadAllText(Path.Combine(sweep, cells[2], "config.json"))).RootElement.GetProperty("training");
            Assert.Equal(double.Parse(cells[0], CultureInfo.InvariantCulture), training.GetProperty("learningRate").GetDouble());
            Assert.Equal(7, training.GetProperty("seed").GetInt32());
        }

        workspace.Run(["sweep", "vae", .. TestWorkspace.Small, "--set", "training.seed=1,2", "--out", sweep])
            .AssertFails(2, "over training.learningRate, objective.klWeight, not over training.seed");
    }

    private static string[] SweepInto(string folder, string set, int epochs) =>
        ["sweep", "vae", .. TestWorkspace.Small, "--epochs", $"{epochs}", "--set", set, "--out", folder];

    private static string Rounded(string figure) =>
        double.Parse(figure, CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture);

    private static byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(run, file));
}
