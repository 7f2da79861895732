using System.Text.RegularExpressions;

namespace Elbo.Tests;

public class RunLoadTests
{
    [Fact]
    public void A_checkpoint_with_weights_that_a_model_has_no_place_for_is_rejected()
    {
        using var folders = new TemporaryFolder();
        Train(folders["run"]);
        using var fewer = Create(new() { Prior = "standard" });

        var refused = Assert.Throws<InputException>(
            () => Checkpoint.LoadWeights(RunDirectory.Open(folders["run"]).CheckpointPath(CheckpointKind.Best), fewer));

        Assert.Contains("'prior.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prior")]
    [InlineData("posterior")]
    [InlineData("likelihood")]
    [InlineData("conditionDecoder")]
    [InlineData("network.activation")]
    public void A_model_that_is_not_the_one_of_the_run_is_rejected_with_the_choice_that_differs(string choice)
    {
        using var folders = new TemporaryFolder();
        Train(folders["run"]);
        using var other = Create(choice switch
        {
            "prior" => new() { Prior = "standard" },
            "posterior" => new() { Posterior = "point" },
            "likelihood" => new() { Likelihood = "gaussian" },
            "conditionDecoder" => new() { ConditionDecoder = false },
            _ => new() { Network = new() { Activation = "tanh" } },
        });
        var before = other.Sample(2, label: 1).Values.ToArray();

        var refused = Assert.Throws<InputException>(() => Run.Load(folders["run"], other));

        Assert.Contains($"The model given has {choice} ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, other.Sample(2, label: 1).Values.ToArray());
        using var same = Create(new());
        using var run = Run.Load(folders["run"], same);
    }

    [Theory]
    [InlineData("seed", "1", "training.seed")]
    [InlineData("batchSize", "17", "training.batchSize")]
    [InlineData("validation", "21", "data.validation")]
    [InlineData("binarize", "\"static\"", "data.binarize")]
    [InlineData("activation", "\"tanh\"", "model.network.activation")]
    public void A_run_does_not_resume_with_other_settings(string key, string value, string name)
    {
        using var folders = new TemporaryFolder();
        Train(folders["run"]);
        Edit(folders["run"], key, value);
        var refused = Assert.ThrowsAny<ElboException>(() =>
        {
            using var run = Run.Load(folders["run"]);
            run.Resume(SmallRuns.Data, epochs: 2);
        });

        Assert.Contains($"{name} {value}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Finished, RunDirectory.Open(folders["run"]).ReadRecord().State);
    }

    [Fact]
    public void A_run_resumes_with_another_learning_rate()
    {
        using var folders = new TemporaryFolder();
        Train(folders["run"]);
        Edit(folders["run"], "learningRate", "0.002");
        using var run = Run.Load(folders["run"]);

        run.Resume(SmallRuns.Data, epochs: 2);

        var rates = MetricsRow.Read(run.Directory.MetricsPath).Where(row => row.Split == "train").Select(row => row.LearningRate);
        Assert.Equal([0.001, 0.002], rates);
    }

    [Fact]
    public void The_configuration_of_a_run_starts_from_the_weights_the_run_started_from()
    {
        using var folders = new TemporaryFolder();
        using (var model = SmallRuns.Model(seed: 3))
            new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data);
        var configuration = RunDirectory.Open(folders["run"]).ReadConfiguration();
        using (var model = configuration.CreateModel())
            new Trainer(model, configuration.ToTrainerOptions(folders["again"])).Fit(SmallRuns.Data);

        TrainerTests.AssertSameOutcome(folders["run"], folders["again"]);
        Assert.Equal(3ul, RunDirectory.Open(folders["again"]).ReadConfiguration().Model.WeightsSeed);
    }

    [Fact]
    public void A_configuration_whose_seed_made_the_weights_starts_from_other_weights_under_another_seed()
    {
        using var folders = new TemporaryFolder();
        Train(folders["run"]);
        var configuration = RunDirectory.Open(folders["run"]).ReadConfiguration();
        using var model = (configuration with { Training = configuration.Training with { Seed = 5 } }).CreateModel();
        using var expected = SmallRuns.Model(seed: 5);
        Assert.Equal(expected.Sample(3, label: 1).Values.ToArray(), model.Sample(3, label: 1).Values.ToArray());
    }

    [Fact]
    public void The_best_epoch_is_known_while_the_training_has_not_ended()
    {
        using var folders = new TemporaryFolder();
        var known = new List<(int Recorded, int Best)>();
        using var model = SmallRuns.Model();
        new Trainer(model, SmallRuns.Options(folders["run"]) with { Validation = 0, Epochs = 3 })
        {
            AtMoment = (moment, _) =>
            {
                if (moment != TrainingMoment.Evaluation)
                    return;
                var directory = RunDirectory.Open(folders["run"]);
                known.Add((directory.ReadRecord().BestEpoch, directory.ReadBestEpoch()));
            },
        }.Fit(SmallRuns.Data);

        Assert.Equal([(0, 0), (0, 1), (0, 2)], known);
        Assert.Equal(3, RunDirectory.Open(folders["run"]).ReadBestEpoch());
    }

    [Fact]
    public void An_invalid_path_is_rejected()
    {
        Assert.Throws<SettingsException>(() => Run.Load(""));
        Assert.Throws<SettingsException>(() => Run.Load("a\0b"));
    }

    [Fact]
    public void A_conditional_model_needs_its_condition() =>
        Assert.Throws<ArgumentNullException>("condition", () => Cvae.Create(SmallRuns.Data.Shape, null!));

    private static void Train(string folder)
    {
        using var model = SmallRuns.Model();
        new Trainer(model, SmallRuns.Options(folder) with { Epochs = 1 }).Fit(SmallRuns.Data);
    }

    private static LatentVariableModel Create(ModelOptions options) => Cvae.Create(
        SmallRuns.Data.Shape, Condition.Label(3), _ => options with { LatentSize = 3, Network = options.Network with { Hidden = [12] } });

    private static void Edit(string folder, string key, string value)
    {
        var path = RunDirectory.Open(folder).ConfigurationPath;
        var text = File.ReadAllText(path);
        var edited = Regex.Replace(text, $"(\"{key}\": )[^,\n]+", match => match.Groups[1].Value + value);
        Assert.NotEqual(text, edited);
        File.WriteAllText(path, edited);
    }
}
