using System.Text.Json;
using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

[Collection(AloneInProcess.Name)]
public class RunRecordTests(WorkspaceInProcess workspace)
{
    [Theory]
    [InlineData("evaluate RUN", 1)]
    [InlineData("score RUN --out NEW.csv", 1)]
    [InlineData("encode RUN --out NEW.npy", 1)]
    [InlineData("encode RUN --data data --out NEW.npy", 1)]
    [InlineData("reconstruct RUN --out NEW.png", 1)]
    [InlineData("interpolate RUN --from 0 --to 1 --out NEW.png", 1)]
    [InlineData("encode RUN --split train --out NEW.npy", 0)]
    [InlineData("encode RUN --data OTHER --out NEW.npy", 0)]
    [InlineData("evaluate RUN --split validation", 0)]
    public void A_read_of_the_original_test_split_is_counted_once(string commandLine, int reads)
    {
        var run = workspace.CopyOf("cvae");
        var other = workspace.New();
        if (commandLine.Contains("OTHER", StringComparison.Ordinal))
        {
            TestWorkspace.WriteDataset(other);
            var images = Path.Combine(other, "t10k-images-idx3-ubyte");
            var bytes = File.ReadAllBytes(images);
            bytes[^1] ^= 1;
            File.WriteAllBytes(images, bytes);
        }

        var before = TestWorkspace.TestReads(run);
        workspace.Run([.. commandLine.Split(' ').Select(part =>
            part.Replace("RUN", run, StringComparison.Ordinal).Replace("NEW", workspace.New(), StringComparison.Ordinal)
                .Replace("OTHER", other, StringComparison.Ordinal))]).AssertDone();
        Assert.Equal(before + reads, TestWorkspace.TestReads(run));
    }

    [Fact]
    public void A_killed_run_has_the_best_epoch_of_its_checkpoint()
    {
        var complete = workspace.CopyOf("cvae");
        var expected = BestEpoch(File.ReadAllText(Path.Combine(complete, "run.json")));
        Assert.True(expected > 1);
        var killed = workspace.CopyOf("cvae");
        TestWorkspace.EditRecord(killed, text => text.Replace($"\"bestEpoch\": {expected}", "\"bestEpoch\": 0", StringComparison.Ordinal));
        // Without the test row, so that the final terms are those of the best epoch on the validation split.
        foreach (var run in new[] { complete, killed })
        {
            var metrics = Path.Combine(run, "metrics.csv");
            var lines = File.ReadAllLines(metrics).Where(line => !line.Contains(",test,", StringComparison.Ordinal));
            File.WriteAllText(metrics, string.Concat(lines.Select(line => line + "\n")));
            TestWorkspace.EditRecord(run, text => Regex.Replace(text, ",\n  \"metricsSha256\": \"[0-9a-f]+\"", ""));
        }

        var shown = JsonDocument.Parse(workspace.Run("runs", "show", killed, "--json").AssertDone().Output).RootElement;
        Assert.Equal(expected, shown.GetProperty("record").GetProperty("bestEpoch").GetInt32());
        Assert.Equal(expected, shown.GetProperty("final").GetProperty("epoch").GetInt32());
        var images = new[] { complete, killed }.Select(run =>
        {
            var path = workspace.New(".png");
            workspace.Run("traverse", run, "--out", path).AssertDone();
            return File.ReadAllBytes(path);
        }).ToList();
        Assert.Equal(images[0], images[1]);

        static int BestEpoch(string json) => JsonDocument.Parse(json).RootElement.GetProperty("bestEpoch").GetInt32();
    }

    [Fact]
    public void A_run_trained_by_a_program_without_a_test_split_is_resumed_without_one()
    {
        var run = workspace.CopyOf("vae");
        TestWorkspace.EditRecord(run, text => Regex.Replace(text, "\"testSha256\": \"[0-9a-f]+\"", "\"testSha256\": null"));
        var reads = TestWorkspace.TestReads(run);
        workspace.Run("resume", run, "--data", "data", "--epochs", "3").AssertDone();
        Assert.DoesNotContain(File.ReadLines(Path.Combine(run, "metrics.csv")), line => line.Contains(",test,", StringComparison.Ordinal));
        Assert.Equal(reads, TestWorkspace.TestReads(run));
    }

    [Fact]
    public void A_run_with_damaged_metrics_does_not_prevent_listing_the_others()
    {
        var root = Directory.CreateDirectory(workspace.New()).FullName;
        Directory.Move(workspace.CopyOf("vae"), Path.Combine(root, "intact"));
        Directory.Move(workspace.CopyOf("vae"), Path.Combine(root, "damaged"));
        File.AppendAllText(Path.Combine(root, "damaged", "metrics.csv"), "1,2,3\n");
        var result = workspace.Run("runs", "list", root).AssertDone();
        Assert.Contains("intact", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", result.Output, StringComparison.Ordinal);
        Assert.Contains("Skipped a run: " + Path.Combine(root, "damaged", "metrics.csv"), result.Errors, StringComparison.Ordinal);
    }
}
