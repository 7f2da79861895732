using System.Text.Json;
using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

[Collection(SharedWorkplace.Name)]
public class RunRecordTests(Workplace workplace)
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
    public void A_look_at_the_runs_own_test_split_is_counted_once(string commandLine, int looks)
    {
        var run = workplace.CopyOf("cvae");
        var other = workplace.New();
        if (commandLine.Contains("OTHER", StringComparison.Ordinal))
        {
            Workplace.WriteDataset(other);
            var images = Path.Combine(other, "t10k-images-idx3-ubyte");
            var bytes = File.ReadAllBytes(images);
            bytes[^1] ^= 1;
            File.WriteAllBytes(images, bytes);
        }

        var before = Workplace.TestReads(run);
        workplace.Run([.. commandLine.Split(' ').Select(part =>
            part.Replace("RUN", run, StringComparison.Ordinal).Replace("NEW", workplace.New(), StringComparison.Ordinal)
                .Replace("OTHER", other, StringComparison.Ordinal))]).AssertDone();
        Assert.Equal(before + looks, Workplace.TestReads(run));
    }

    [Fact]
    public void A_run_that_was_killed_has_the_best_epoch_of_its_checkpoint()
    {
        var whole = workplace.CopyOf("cvae");
        var expected = BestEpoch(File.ReadAllText(Path.Combine(whole, "run.json")));
        Assert.True(expected > 1);
        var killed = workplace.CopyOf("cvae");
        var record = Path.Combine(killed, "run.json");
        File.WriteAllText(
            record, File.ReadAllText(record).Replace($"\"bestEpoch\": {expected}", "\"bestEpoch\": 0", StringComparison.Ordinal));
        // Without its last line, so that the terms are those of the best epoch of the validation split.
        foreach (var run in new[] { whole, killed })
        {
            var metrics = Path.Combine(run, "metrics.csv");
            var lines = File.ReadAllLines(metrics).Where(line => !line.Contains(",test,", StringComparison.Ordinal));
            File.WriteAllText(metrics, string.Concat(lines.Select(line => line + "\n")));
        }

        var shown = JsonDocument.Parse(workplace.Run("runs", "show", killed, "--json").AssertDone().Output).RootElement;
        Assert.Equal(expected, shown.GetProperty("record").GetProperty("bestEpoch").GetInt32());
        Assert.Equal(expected, shown.GetProperty("final").GetProperty("epoch").GetInt32());
        var pictures = new[] { whole, killed }.Select(run =>
        {
            var picture = workplace.New(".png");
            workplace.Run("traverse", run, "--out", picture).AssertDone();
            return File.ReadAllBytes(picture);
        }).ToList();
        Assert.Equal(pictures[0], pictures[1]);

        static int BestEpoch(string json) => JsonDocument.Parse(json).RootElement.GetProperty("bestEpoch").GetInt32();
    }

    [Fact]
    public void A_run_that_a_program_trained_without_a_test_split_goes_on_without_one()
    {
        var run = workplace.CopyOf("vae");
        var record = Path.Combine(run, "run.json");
        File.WriteAllText(record, Regex.Replace(File.ReadAllText(record), "\"testSha256\": \"[0-9a-f]+\"", "\"testSha256\": null"));
        var looks = Workplace.TestReads(run);
        workplace.Run("resume", run, "--data", "data", "--epochs", "3").AssertDone();
        Assert.DoesNotContain(File.ReadLines(Path.Combine(run, "metrics.csv")), line => line.Contains(",test,", StringComparison.Ordinal));
        Assert.Equal(looks, Workplace.TestReads(run));
    }

    [Fact]
    public void One_run_with_a_damaged_table_does_not_hide_the_others()
    {
        var root = Directory.CreateDirectory(workplace.New()).FullName;
        Directory.Move(workplace.CopyOf("vae"), Path.Combine(root, "sound"));
        Directory.Move(workplace.CopyOf("vae"), Path.Combine(root, "damaged"));
        File.AppendAllText(Path.Combine(root, "damaged", "metrics.csv"), "1,2,3\n");
        var result = workplace.Run("runs", "list", root).AssertDone();
        Assert.Contains("sound", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", result.Output, StringComparison.Ordinal);
        Assert.Contains("Left out: " + Path.Combine(root, "damaged", "metrics.csv"), result.Errors, StringComparison.Ordinal);
    }
}
