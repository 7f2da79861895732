using System.Globalization;
using System.Text.Json;

namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class AnomalyTests(WorkspaceInProcess workspace)
{
    [Fact]
    public void A_calibrated_run_says_which_examples_are_anomalies_and_how_well()
    {
        var (run, path) = (workspace.CopyOf("vae"), workspace.New(".csv"));
        var reads = TestWorkspace.TestReads(run);
        var calibrated = Json(workspace.Run("calibrate", run, "--threshold", "0.1", "--json"));
        // The 40 images of the validation split; the test split stays unread.
        Assert.Equal(40, calibrated.GetProperty("calibrationExamples").GetInt32());
        Assert.Equal(reads, TestWorkspace.TestReads(run));

        var result = workspace.Run("score", run, "--threshold", "0.1", "--anomalies", "3", "--out", path, "--json");

        // The threshold that is kept, so nothing is said.
        Assert.Equal("", result.Errors);
        var (json, rows) = (Json(result), Rows(path));
        Assert.Equal(["index", "split", "label", "negative_elbo", "reconstruction", "kl", "threshold", "is_anomaly"], rows[0]);
        var threshold = calibrated.GetProperty("threshold").GetDouble();
        var scores = rows.Skip(1).Select(row => (IsThree: row[2] == "3", Score: Number(row[3]))).ToList();
        Assert.All(rows.Skip(1), row => Assert.Equal(threshold, Number(row[6])));
        Assert.Equal(scores.Select(row => row.Score > threshold ? "true" : "false"), rows.Skip(1).Select(row => row[7]));
        Assert.Equal(scores.Count(row => row.Score > threshold), json.GetProperty("flagged").GetInt32());
        Assert.Equal(15, json.GetProperty("anomalies").GetInt32());
        Assert.Equal(
            scores.Where(row => row.IsThree).Average(three => scores.Where(row => !row.IsThree)
                .Average(other => three.Score > other.Score ? 1.0 : three.Score.Equals(other.Score) ? 0.5 : 0)),
            json.GetProperty("rocAuc").GetDouble(),
            12);
        Assert.InRange(json.GetProperty("rocAucStandardError").GetDouble(), 0, 0.2);
        Assert.Equal(
            scores.Where(row => row.IsThree).Average(row => row.Score > threshold ? 1.0 : 0),
            json.GetProperty("detectionRate").GetDouble(),
            12);
        Assert.Equal(
            scores.Where(row => !row.IsThree).Average(row => row.Score > threshold ? 1.0 : 0),
            json.GetProperty("realizedFalsePositiveRate").GetDouble(),
            12);
    }

    [Fact]
    public void Without_a_calibration_at_that_rate_one_is_made_on_the_validation_split_and_said_and_not_kept()
    {
        var run = workspace.CopyOf("vae");
        var first = workspace.Run("score", run, "--threshold", "0.1", "--out", workspace.New(".csv")).AssertDone();
        Assert.Contains("is not calibrated", first.Errors, StringComparison.Ordinal);
        Assert.Contains("--threshold 0.1' keeps one", first.Errors, StringComparison.Ordinal);
        Assert.Contains("calibrated on 40 examples: the validation split", first.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run, "calibration.json")));

        var kept = workspace.Run("calibrate", run, "--threshold", "0.1").AssertDone().Output;
        Assert.Contains("calibration.json", kept, StringComparison.Ordinal);
        // (1 - 0.1) to the power of 40 is 1.5 %, and (1 - 0.05) to it 13 %.
        Assert.DoesNotContain("too few", kept, StringComparison.Ordinal);
        Assert.Contains(
            "too few examples for an upper end",
            workspace.Run("calibrate", workspace.CopyOf("vae"), "--threshold", "0.05").AssertDone().Output,
            StringComparison.Ordinal);
        var second = workspace.Run("score", run, "--threshold", "0.1", "--out", workspace.New(".csv")).AssertDone();
        Assert.Equal("", second.Errors);
        Assert.Equal(first.Output.Split('\n')[1], second.Output.Split('\n')[1]);
        var other = workspace.Run("score", run, "--threshold", "0.05", "--out", workspace.New(".csv")).AssertDone();
        Assert.Contains("at another rate, 0.1", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibration_of_other_weights_is_said_to_be_stale_and_not_used_or_exported()
    {
        var (run, folder) = (workspace.CopyOf("vae"), workspace.New());
        workspace.Run("calibrate", run, "--threshold", "0.1").AssertDone();
        Assert.Equal("", workspace.Run("export", run, "--out", workspace.New()).AssertDone().Errors);
        File.Copy(
            Path.Combine(run, "checkpoints", "last.safetensors"), Path.Combine(run, "checkpoints", "best.safetensors"), overwrite: true);

        var scored = workspace.Run("score", run, "--threshold", "0.1", "--out", workspace.New(".csv")).AssertDone();

        Assert.Contains("made with other weights than it has now: calibrate it again", scored.Errors, StringComparison.Ordinal);
        var exported = workspace.Run("export", run, "--out", folder).AssertDone();
        Assert.Contains("Without the threshold: The calibration", exported.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_anomalies_are_left_out_of_a_calibration()
    {
        var run = workspace.CopyOf("vae");
        var calibrated = Json(workspace.Run("calibrate", run, "--threshold", "0.1", "--split", "test", "--anomalies", "3", "--json"));
        Assert.Equal(45, calibrated.GetProperty("calibrationExamples").GetInt32());
        Assert.Equal(
            "the test split of the run's own data without the labels 3", calibrated.GetProperty("calibrationData").GetString());
    }

    [Fact]
    public void What_cannot_be_done_is_refused_in_one_sentence_and_writes_nothing()
    {
        var (run, path) = (workspace.CopyOf("vae"), workspace.New(".csv"));
        workspace.Run("calibrate", run).AssertFails(2, "rate of 0.01 takes at least 99 scores", "there are 40", "at least 0.025");
        workspace.Run("calibrate", run, "--split", "train").AssertFails(2, "was trained on these examples");
        workspace.Run("calibrate", run, "--threshold", "1").AssertFails(2, "'1' is not valid for --threshold");
        workspace.Run("calibrate", run, "--anomalies", "7").AssertFails(2, "No example has the label '7'", "0, 1, 2, 3");
        Assert.False(File.Exists(Path.Combine(run, "calibration.json")));

        workspace.Run("score", run, "--threshold", "0.01", "--out", path).AssertFails(2, "takes at least 99 scores");
        workspace.Run("score", run, "--anomalies", "7", "--out", path).AssertFails(2, "No example has the label '7'");
        workspace.Run("score", run, "--anomalies", "0", "--anomalies", "1", "--anomalies", "2", "--anomalies", "3", "--out", path)
            .AssertFails(2, "names all labels");
        File.WriteAllText(Path.Combine(run, "calibration.json"), "{");
        workspace.Run("score", run, "--threshold", "0.1", "--out", path).AssertFails(3, "calibration.json");
        Assert.False(File.Exists(path));
    }

    private static List<string[]> Rows(string path) => [.. File.ReadAllLines(path).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static JsonElement Json(ElboResult result) => JsonDocument.Parse(result.AssertDone().Output).RootElement;
}
