using System.Security.Cryptography;

namespace Elbo.Tests;

public sealed class RunCalibrationTests : IDisposable
{
    private readonly TemporaryFolder _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void A_calibration_is_kept_in_the_run_with_what_it_is_for()
    {
        var directory = RunCopies.To(_folders["run"]);
        Assert.Null(directory.ReadCalibration());
        using (var run = Run.Load(directory.Folder))
        {
            Assert.Null(run.ReadThreshold());
            directory.WriteCalibration(run.Calibrate(SmallRuns.Data.Test, 0.1, "the test data"));
        }

        using var again = Run.Load(directory.Folder);
        var record = directory.ReadCalibration()!;
        Assert.Null(again.FindStaleness(record));
        Assert.Equal(record.Threshold, again.ReadThreshold());
        var expected = again.Model.Score(SmallRuns.Data.Test, record.Samples, record.Seed).Select(score => score.NegativeElbo!.Value);
        Assert.Equal(AnomalyCalibration.FindThreshold(expected, 0.1), record.Threshold);
        Assert.Equal(SmallRuns.Data.Test.Sha256, record.DataSha256);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folders["run", "checkpoints", "best.safetensors"]))),
            record.WeightsSha256);
        Assert.Equal(("negativeElbo", "the test data"), (record.Score, record.Data));
        // So many normal examples are above: fewer than a tenth of them, by less than one.
        var above = again.Score(SmallRuns.Data.Test).Count(score => record.Threshold.IsAnomaly(score.ToAnomalyScore()));
        Assert.Equal((SmallRuns.Data.Test.Count + 1) / 10 - 1, above);
    }

    [Fact]
    public void A_calibration_of_other_weights_or_of_other_scores_is_stale()
    {
        var directory = RunCopies.To(_folders["run"]);
        using var run = Run.Load(directory.Folder);
        var record = run.Calibrate(SmallRuns.Data.Test, 0.1);
        directory.WriteCalibration(record with { WeightsSha256 = SmallRuns.Data.Test.Sha256 });
        Assert.Null(run.ReadThreshold());
        Assert.Contains("other weights", run.FindStaleness(directory.ReadCalibration()!), StringComparison.Ordinal);
        Assert.Contains("number of draws", run.FindStaleness(record with { Samples = 7 }), StringComparison.Ordinal);

        using var last = Run.Load(directory.Folder, weights: CheckpointKind.Last);
        Assert.Throws<InvalidOperationException>(() => last.Calibrate(SmallRuns.Data.Test, 0.1));
        File.SetLastWriteTimeUtc(directory.BestWeightsPath, DateTime.UnixEpoch);
        Assert.Contains(
            "other weights now", Assert.Throws<InputException>(() => run.Calibrate(SmallRuns.Data.Test, 0.1)).Message);
    }

    [Fact]
    public void A_damaged_file_one_of_a_later_version_or_one_that_leads_elsewhere_is_refused()
    {
        var directory = RunCopies.To(_folders["run"]);
        using var run = Run.Load(directory.Folder);
        var record = run.Calibrate(SmallRuns.Data.Test, 0.1);
        directory.WriteCalibration(record);
        var text = File.ReadAllText(directory.CalibrationPath);
        Assert.Contains("\"falsePositiveRate\": 0.1,", text);

        Refuses(text.Replace("\"falsePositiveRate\": 0.1,", "\"falsePositiveRate\": 0.2,", StringComparison.Ordinal), "checksum");
        Refuses("{", "calibration.json");
        Refuses("", "calibration.json");
        directory.WriteCalibration(record with { Schema = 2 });
        Assert.Contains("later version", Assert.Throws<InputException>(run.ReadThreshold).Message);
        directory.WriteCalibration(record with { Threshold = record.Threshold with { Low = record.Threshold.Value + 1 } });
        Assert.Contains("damaged", Assert.Throws<InputException>(run.ReadThreshold).Message);

        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs, and links there need a privilege.");
        File.Move(directory.CalibrationPath, _folders["elsewhere"]);
        var before = File.ReadAllBytes(_folders["elsewhere"]);
        File.CreateSymbolicLink(directory.CalibrationPath, _folders["elsewhere"]);
        Assert.Throws<InputException>(run.ReadThreshold);
        Assert.Throws<EnvironmentException>(() => directory.WriteCalibration(record));
        Assert.Equal(before, File.ReadAllBytes(_folders["elsewhere"]));
        File.Delete(directory.CalibrationPath);
        RunCopies.MakeFifo(directory.CalibrationPath);
        Assert.Throws<InputException>(run.ReadThreshold);
        Assert.Throws<EnvironmentException>(() => directory.WriteCalibration(record));

        void Refuses(string content, string part)
        {
            File.WriteAllText(directory.CalibrationPath, content);
            Assert.Contains(part, Assert.Throws<InputException>(run.ReadThreshold).Message);
        }
    }

    [Fact]
    public void The_score_of_a_model_without_a_KL_term_is_its_reconstruction()
    {
        using (var model = Autoencoder.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 3, Network = new() { Hidden = [12] } }))
            new Trainer(model, SmallRuns.Options(_folders["run"]) with { Epochs = 1 }).Fit(SmallRuns.Data.Train);
        using var run = Run.Load(_folders["run"]);

        var record = run.Calibrate(SmallRuns.Data.Test, 0.1);

        Assert.Equal("reconstruction", record.Score);
        var expected = run.Score(SmallRuns.Data.Test).Select(score => score.Reconstruction);
        Assert.Equal(AnomalyCalibration.FindThreshold(expected, 0.1), record.Threshold);
    }

    [Fact]
    public void Too_few_examples_and_a_rate_that_is_none_are_refused()
    {
        using var run = Run.Load(RunCopies.To(_folders["run"]).Folder);
        Assert.Contains(
            $"at least 999 scores of normal examples, but there are {SmallRuns.Data.Test.Count}",
            Assert.Throws<SettingsException>(() => run.Calibrate(SmallRuns.Data.Test, 0.001)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Calibrate(SmallRuns.Data.Test, 1));
    }
}
