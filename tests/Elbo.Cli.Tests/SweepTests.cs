using System.Globalization;
using System.Text.Json;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkplace.Name)]
public class SweepTests(Workplace workplace)
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Fact]
    public void The_table_has_the_figures_of_each_runs_own_metrics_and_leaves_the_test_split_alone()
    {
        var sweep = workplace.New();
        var result = workplace.Run([.. SweepInto(sweep, "objective.klWeight=0.5,4,linear:0:1:9", epochs: 3)]).AssertDone();

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
            Assert.Equal(0, Workplace.TestReads(run));
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
    public void A_run_of_a_sweep_is_the_one_that_train_makes_with_that_value()
    {
        var (sweep, run) = (workplace.New(), workplace.New());
        workplace.Run([.. SweepInto(sweep, "model.network.hidden=[12,10],[9]", epochs: 2)]).AssertDone();
        workplace.Run(
            ["train", "vae", .. Workplace.Small, "--epochs", "2", "--set", "model.network.hidden=12,10", "--out", run]).AssertDone();
        var ofSweep = Path.Combine(sweep, "hidden-12-10");
        Assert.Equal(File.ReadAllText(Path.Combine(run, "config.json")), File.ReadAllText(Path.Combine(ofSweep, "config.json")));
        Assert.Equal(Bytes(run, "checkpoints/last.safetensors"), Bytes(ofSweep, "checkpoints/last.safetensors"));
        Assert.Contains("\"[12,10]\",hidden-12-10,", File.ReadAllText(Path.Combine(sweep, "sweep.csv")), StringComparison.Ordinal);
        Assert.DoesNotContain("--set", File.ReadAllText(Path.Combine(sweep, "sweep.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_stopped_by_either_signal_goes_on_to_the_bytes_of_one_that_was_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such signals on Windows");
        const string set = "objective.klWeight=0.5,1,2";
        var (straight, stopped) = (workplace.New(), workplace.New());
        workplace.Run([.. SweepInto(straight, set, epochs: 60)]).AssertDone();
        foreach (var (signal, exitCode, moment) in new[] { (Interrupt, 130, "1/3  "), (Terminate, 143, "2/3  objective.klWeight=1 into") })
        {
            using var sweep = ElboProcess.Start(workplace.Folder, [.. SweepInto(stopped, set, epochs: 60)]);
            sweep.WaitForError(moment);
            sweep.Signal(signal);
            var result = sweep.Wait();
            Assert.Equal(exitCode, result.ExitCode);
            Assert.Equal("", result.Output);
            Assert.Contains("sweep vae --data data", result.Errors, StringComparison.Ordinal);
            Assert.Contains($"--set {set} --out {stopped}", result.Errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(stopped, "klWeight-2")));
        }

        var end = workplace.Run([.. SweepInto(stopped, set, epochs: 60)]).AssertDone();
        Assert.Contains("klWeight=0.5 is done already", end.Errors, StringComparison.Ordinal);
        Assert.Contains("klWeight=1 goes on", end.Errors, StringComparison.Ordinal);
        AssertSame(straight, stopped);

        // Once more there is nothing left to do, and nothing changes.
        workplace.Run([.. SweepInto(stopped, set, epochs: 60)]).AssertDone();
        AssertSame(straight, stopped);
    }

    [Fact]
    public void What_a_kill_before_the_first_checkpoint_leaves_is_begun_anew()
    {
        const string set = "objective.klWeight=0.5,1";
        var (straight, killed) = (workplace.New(), workplace.New());
        foreach (var folder in new[] { straight, killed })
            workplace.Run([.. SweepInto(folder, set, epochs: 1)]).AssertDone();
        var run = Path.Combine(killed, "klWeight-1");
        foreach (var file in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("config.json" or "run.json" or "training.lock")))
            File.Delete(file);

        workplace.Run([.. SweepInto(killed, set, epochs: 1)]).AssertDone();

        AssertSame(straight, killed);
    }

    [Fact]
    public void A_sweep_is_extended_by_more_values()
    {
        var (straight, extended) = (workplace.New(), workplace.New());
        workplace.Run([.. SweepInto(straight, "training.seed=1,2,3", epochs: 1)]).AssertDone();
        workplace.Run([.. SweepInto(extended, "training.seed=1,3", epochs: 1)]).AssertDone();
        workplace.Run([.. SweepInto(extended, "training.seed=1,2,3", epochs: 1)]).AssertDone();
        AssertSame(straight, extended);
    }

    [Fact]
    public void What_does_not_belong_is_refused_and_left_as_it_is()
    {
        var sweep = workplace.New();
        workplace.Run([.. SweepInto(sweep, "objective.klWeight=0.5,1", epochs: 1)]).AssertDone();
        var before = Contents(sweep);

        Refused(SweepInto(workplace.CopyOf("vae"), "objective.klWeight=0.5,1", epochs: 1), "is no sweep");
        Refused(SweepInto(sweep, "objective.freeBits=0,1", epochs: 1), "over objective.klWeight", "over objective.freeBits");
        Refused(SweepInto(sweep, "objective.klWeight=0.5,2", epochs: 1), "klWeight-1", "none of the values");
        Refused(SweepInto(sweep, "objective.klWeight=0.5,1", epochs: 2), "training.epochs 1", "asks for 2");
        Assert.Equal(before, Contents(sweep));

        var notes = Path.Combine(sweep, "klWeight-2");
        Directory.CreateDirectory(notes);
        File.WriteAllText(Path.Combine(notes, "notes.txt"), "mine");
        Refused(SweepInto(sweep, "objective.klWeight=0.5,1,2", epochs: 1), "klWeight-2", "no run of this sweep");
        Assert.Equal("mine", File.ReadAllText(Path.Combine(notes, "notes.txt")));

        void Refused(IEnumerable<string> arguments, params string[] parts) => workplace.Run([.. arguments]).AssertFails(2, parts);
    }

    [Fact]
    public void A_run_that_was_trained_on_other_data_is_refused()
    {
        var (data, sweep) = (workplace.New(), workplace.New());
        Workplace.WriteDataset(data);
        string[] command = [.. SweepInto(sweep, "training.seed=1,2", epochs: 1), "--set", $"data.source={data}"];
        workplace.Run(command).AssertDone();
        var labels = Path.Combine(data, "train-labels-idx1-ubyte");
        var bytes = File.ReadAllBytes(labels);
        bytes[^1] ^= 1;
        File.WriteAllBytes(labels, bytes);
        workplace.Run(command).AssertFails(2, "seed-1", "other data");
    }

    [Fact]
    public void A_value_that_diverges_is_named_and_the_others_are_trained()
    {
        var sweep = workplace.New();
        var result = workplace.Run([.. SweepInto(sweep, "training.learningRate=1e30,0.001", epochs: 1)]);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("learningRate=1e30 failed", result.Errors, StringComparison.Ordinal);
        var lines = File.ReadAllLines(Path.Combine(sweep, "sweep.csv"));
        Assert.Equal("1e30,learningRate-1e30,failed,,,,,,", lines[1]);
        Assert.StartsWith("0.001,learningRate-0.001,finished,validation,1,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_examples_held_out_the_test_split_is_read_once_and_named()
    {
        var sweep = workplace.New();
        workplace.Run([.. SweepInto(sweep, "training.seed=1,2", epochs: 1), "--set", "data.validation=0"]).AssertDone();
        foreach (var cells in File.ReadAllLines(Path.Combine(sweep, "sweep.csv")).Skip(1).Select(line => line.Split(',')))
        {
            Assert.Equal("test", cells[3]);
            Assert.Equal(1, Workplace.TestReads(Path.Combine(sweep, cells[1])));
        }
    }

    [Fact]
    public void A_model_without_a_KL_term_has_a_table_and_samples_but_no_rate()
    {
        var sweep = workplace.New();
        var result = workplace.Run(
            ["sweep", "ae", .. Workplace.Small, "--epochs", "1", "--set", "model.latentSize=2,4", "--json", "--out", sweep]).AssertDone();
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
        var sweep = workplace.New();
        workplace.Run(
            ["sweep", "cvae-quadrant-1", .. Workplace.Small, "--epochs", "1", "--set", "objective.klWeight=1,2", "--out", sweep]).AssertDone();

        Assert.True(File.Exists(Path.Combine(sweep, "samples.png")));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(sweep, "sweep.csv")).Length);
    }

    private static string[] SweepInto(string folder, string set, int epochs) =>
        ["sweep", "vae", .. Workplace.Small, "--epochs", $"{epochs}", "--set", set, "--out", folder];

    private static string Rounded(string figure) =>
        double.Parse(figure, CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture);

    private static byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(run, file));

    private static SortedDictionary<string, string> Contents(string folder) => new(Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => Convert.ToHexString(File.ReadAllBytes(path))));

    // All files, except the two in each run that tell of times.
    private static void AssertSame(string expected, string actual)
    {
        var (left, right) = (WithoutTimes(expected), WithoutTimes(actual));
        Assert.Equal(left.Keys, right.Keys);
        Assert.All(left, file => Assert.True(right[file.Key] == file.Value, $"{file.Key} differs"));

        static SortedDictionary<string, string> WithoutTimes(string folder)
        {
            var contents = Contents(folder);
            foreach (var path in contents.Keys.Where(path => Path.GetFileName(path) is "run.json" or "timings.csv").ToList())
                contents.Remove(path);
            return contents;
        }
    }
}
