namespace Elbo.Tests;

/// <summary>A damaged file of a run is noticed, or has no effect on the result.</summary>
public class DamageTests
{
    private const int Epochs = 3;

    /// <summary>The seeds of the damage, twelve damages each; by hand as many as ELBO_DAMAGES says, from ELBO_DAMAGE_SEED on.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(Number("ELBO_DAMAGE_SEED", 0), Number("ELBO_DAMAGES", 4))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_flipped_bit_or_a_truncation_is_noticed_or_without_effect(int seed)
    {
        using var folders = new TemporaryFolder();
        var expected = Outcome(RunCopies.To(folders["whole"]).Folder);
        var random = new Random(seed);
        for (var trial = 0; trial < 12; trial++)
        {
            var folder = RunCopies.To(folders[$"{trial}"]).Folder;
            string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            var file = files[random.Next(files.Length)];
            Damage(file, random);

            var outcome = Outcome(folder);

            Assert.True(
                outcome is null || outcome == expected, $"seed {seed}, trial {trial}: damage of {file} changed the result unnoticed");
        }
    }

    [Fact]
    public void A_damaged_last_checkpoint_is_named_and_the_one_before_it_gives_the_same_result()
    {
        using var folders = new TemporaryFolder();
        var (whole, damaged) = (RunCopies.To(folders["whole"]), RunCopies.To(folders["damaged"]));
        var last = damaged.CheckpointPath(CheckpointKind.Last);
        var bytes = File.ReadAllBytes(last);
        bytes[^5] ^= 4;
        File.WriteAllBytes(last, bytes);

        using (var run = Run.Load(whole.Folder))
            run.Resume(SmallRuns.Data, Epochs);
        using (var run = Run.Load(damaged.Folder))
        {
            var refused = Assert.Throws<InputException>(() => run.Resume(SmallRuns.Data, Epochs));
            Assert.StartsWith(last, refused.Message, StringComparison.Ordinal);
            Assert.Contains("the previous checkpoint, which is whole", refused.Message, StringComparison.Ordinal);
            run.Resume(SmallRuns.Data, Epochs, from: CheckpointKind.Previous);
        }

        TrainerTests.AssertSameOutcome(whole.Folder, damaged.Folder);
    }

    [Fact]
    public void A_run_that_was_killed_between_two_renames_resumes_from_the_checkpoint_that_is_left()
    {
        using var folders = new TemporaryFolder();
        var (whole, killed) = (RunCopies.To(folders["whole"]), RunCopies.To(folders["killed"]));
        File.Delete(killed.CheckpointPath(CheckpointKind.Last));

        foreach (var directory in new[] { whole, killed })
        {
            using var run = Run.Load(directory.Folder);
            run.Resume(SmallRuns.Data, Epochs);
        }

        TrainerTests.AssertSameOutcome(whole.Folder, killed.Folder);
    }

    [Fact]
    public void Metrics_are_compared_before_a_training_goes_on_and_nothing_else_changes()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var metrics = File.ReadAllText(directory.MetricsPath);
        File.WriteAllText(directory.MetricsPath, metrics.Replace("train", "tests", StringComparison.Ordinal));
        var before = Directory.EnumerateFiles(directory.Folder, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length > 0)
            .ToDictionary(file => file, File.ReadAllBytes);

        using var run = Run.Load(directory.Folder);
        var refused = Assert.Throws<InputException>(() => run.Resume(SmallRuns.Data, Epochs));

        Assert.Contains("metrics.csv is damaged", refused.Message, StringComparison.Ordinal);
        Assert.All(before.Where(file => !file.Key.EndsWith(".lock", StringComparison.Ordinal)), file =>
            Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public void A_changed_setting_that_a_training_may_go_on_with_is_named()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        File.WriteAllText(directory.ConfigurationPath, File.ReadAllText(directory.ConfigurationPath)
            .Replace("\"learningRate\": 0.001", "\"learningRate\": 0.003", StringComparison.Ordinal));

        using var run = Run.Load(directory.Folder);

        Assert.Equal("training.learningRate 0.003, where the checkpoint was made with 0.001", Assert.Single(run.ChangedSettings()));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;

    private static void Damage(string file, Random random)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length == 0)
            return;
        var position = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                bytes = bytes[..position];
                break;
            case 1:
                Array.Clear(bytes, position, bytes.Length - position);
                break;
            default:
                bytes[position] ^= (byte)(1 << random.Next(8));
                break;
        }

        File.WriteAllBytes(file, bytes);
    }

    /// <summary>What a run says and gives when it is used and goes on; null if it refuses or names the damage.</summary>
    private static string? Outcome(string folder)
    {
        try
        {
            var overview = RunOverview.Read(folder);
            using var run = Run.Load(folder);
            if (run.ChangedSettings().Count > 0)
                return null;
            var codes = ScoreOf(run.Model, SmallRuns.Data.Test);
            var result = run.Resume(SmallRuns.Data, Epochs);
            return $"{overview.EpochsDone} {overview.Record.BestEpoch} {overview.Record.TestReads} {codes:R} "
                + $"{result.Test!.Reconstruction:R} "
                + Convert.ToHexString(File.ReadAllBytes(run.Directory.CheckpointPath(CheckpointKind.Best)))
                + File.ReadAllText(run.Directory.MetricsPath);
        }
        catch (ElboException)
        {
            return null;
        }
    }

    private static double ScoreOf(LatentVariableModel model, ExampleSet examples) =>
        model.Score(examples, 1, 0, Binarization.None).Sum(score => score.NegativeElbo!.Value);
}
