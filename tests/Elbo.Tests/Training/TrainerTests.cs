using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class TrainerTests
{
    [Fact]
    public void Two_runs_with_one_seed_leave_the_same_bytes_and_another_seed_others()
    {
        using var folders = new TemporaryFolder();
        string[] runs = [.. new ulong[] { 7, 7, 8 }.Select((seed, index) =>
        {
            var folder = folders[$"run{index}"];
            using var model = SmallRuns.Model(seed);
            new Trainer(model, SmallRuns.Options(folder) with { Seed = seed }).Fit(SmallRuns.Data);
            return folder;
        })];

        string[] files =
            ["metrics.csv", "standard-errors.csv", "checkpoints/last.safetensors", "checkpoints/best.safetensors", "samples/epoch-001.png"];
        foreach (var file in files)
        {
            var first = File.ReadAllBytes(Path.Combine(runs[0], file));
            Assert.Equal(first, File.ReadAllBytes(Path.Combine(runs[1], file)));
            Assert.NotEqual(first, File.ReadAllBytes(Path.Combine(runs[2], file)));
        }
    }

    [Theory]
    [InlineData(Binarization.Static)]
    [InlineData(Binarization.Dynamic)]
    public void A_run_that_is_cancelled_and_resumed_is_the_run_that_was_not(Binarization binarize)
    {
        using var folders = new TemporaryFolder();
        var (whole, cut) = (folders["whole"], folders["cut"]);
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(whole) with { Binarize = binarize }).Fit(SmallRuns.Data);

        using var stop = new CancellationTokenSource();
        using (var model = SmallRuns.Model())
        {
            var trainer = new Trainer(model, SmallRuns.Options(cut) with { Binarize = binarize })
            {
                AtMoment = (moment, step) =>
                {
                    if (moment == TrainingMoment.Step && step == SmallRuns.StepsPerEpoch + 3)
                        stop.Cancel();
                },
            };
            var result = trainer.Fit(SmallRuns.Data, cancellationToken: stop.Token);
            Assert.Equal(RunState.Interrupted, result.State);
            Assert.Equal(RunState.Interrupted, RunDirectory.Open(cut).ReadRecord().State);
        }

        using (var run = Run.Load(cut))
            Assert.Equal(RunState.Finished, run.Resume(SmallRuns.Data).State);

        AssertSameOutcome(whole, cut);
    }

    [Theory]
    [InlineData("constant", 0.9)]
    [InlineData("cosine", 0)]
    [InlineData("linear", 0.99)]
    public void A_run_with_an_average_and_a_falling_rate_resumes_exactly(string schedule, double averaging)
    {
        using var folders = new TemporaryFolder();
        var (whole, cut) = (folders["whole"], folders["cut"]);
        TrainerOptions Options(string folder) =>
            SmallRuns.Options(folder) with { LearningRateSchedule = schedule, Averaging = averaging, CheckpointEvery = 2 };
        using (var model = SmallRuns.Model())
            new Trainer(model, Options(whole)).Fit(SmallRuns.Data);

        // Once within an epoch, once while an epoch is judged, when the averages may be in the model.
        foreach (var moment in new[] { TrainingMoment.Step, TrainingMoment.Evaluation })
        {
            if (Directory.Exists(cut))
                Directory.Delete(cut, recursive: true);
            using var stop = new CancellationTokenSource();
            using (var model = SmallRuns.Model())
            {
                var trainer = new Trainer(model, Options(cut))
                {
                    AtMoment = (now, count) =>
                    {
                        if (now == moment && (moment == TrainingMoment.Evaluation || count == SmallRuns.StepsPerEpoch + 3))
                            stop.Cancel();
                    },
                };
                Assert.Equal(RunState.Interrupted, trainer.Fit(SmallRuns.Data, cancellationToken: stop.Token).State);
            }

            using (var run = Run.Load(cut))
                Assert.Equal(RunState.Finished, run.Resume(SmallRuns.Data).State);
            AssertSameOutcome(whole, cut);
        }
    }

    [Fact]
    public void The_average_of_the_weights_is_kept_and_the_training_continues_from_the_weights()
    {
        using var folders = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var plain = SmallRuns.Model();
        using var averaged = SmallRuns.Model();
        const double decay = 0.9;
        List<double[]> steps = [Weights(plain)];
        new Trainer(plain, SmallRuns.Options(folders["plain"]) with { Epochs = 1, Validation = 0 })
        {
            AtMoment = (moment, _) =>
            {
                if (moment == TrainingMoment.Step)
                    steps.Add(Weights(plain));
            },
        }.Fit(SmallRuns.Data);
        new Trainer(averaged, SmallRuns.Options(folders["averaged"]) with { Epochs = 1, Validation = 0, Averaging = decay })
            .Fit(SmallRuns.Data);

        var expected = steps[0];
        for (var t = 1; t < steps.Count; t++)
        {
            var kept = Math.Min(decay, (1.0 + t) / (10.0 + t));
            expected = [.. expected.Zip(steps[t], (average, weight) => kept * average + (1 - kept) * weight)];
        }

        Assert.All(Weights(averaged).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.Contains(Weights(averaged).Zip(Weights(plain)), pair => Math.Abs(pair.First - pair.Second) > 1e-4);

        static double[] Weights(LatentVariableModel model) => [.. model.parameters().SelectMany(Tensors.ToArray)];
    }

    [Theory]
    [InlineData("constant", 1, 1, 1)]
    [InlineData("linear", 1, 0.5, 0.001)]
    [InlineData("cosine", 1, 0.5, 0)]
    public void The_learning_rate_follows_its_schedule(string schedule, double first, double middle, double last)
    {
        var options = new TrainerOptions { LearningRate = 2, LearningRateSchedule = schedule };

        Assert.Equal(2 * first, LearningRateSchedules.At(options, 0, 1000), 1e-12);
        Assert.Equal(2 * middle, LearningRateSchedules.At(options, 500, 1000), 1e-12);
        Assert.Equal(2 * last, LearningRateSchedules.At(options, 999, 1000), 1e-5);
    }

    [Fact]
    public void A_run_of_two_epochs_extended_to_three_is_a_run_of_three()
    {
        using var folders = new TemporaryFolder();
        var (whole, extended) = (folders["whole"], folders["extended"]);
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(whole) with { Epochs = 3 }).Fit(SmallRuns.Data);
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(extended) with { Epochs = 2 }).Fit(SmallRuns.Data);

        using (var run = Run.Load(extended))
            run.Resume(SmallRuns.Data, epochs: 3);

        AssertSameOutcome(whole, extended);
        using var again = Run.Load(extended);
        Assert.Throws<SettingsException>(() => again.Resume(SmallRuns.Data, epochs: 2));
    }

    [Fact]
    public void An_epoch_leaves_no_tensor_behind_nor_do_evaluation_and_pictures()
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        var counts = new List<long>();
        var options = SmallRuns.Options(folders["run"]) with { Epochs = 6, CheckpointEvery = 4 };

        new Trainer(model, options).Fit(SmallRuns.Data, new SynchronousProgress(progress =>
        {
            if (progress.Completed is not null)
                counts.Add(LiveTensors.OfThisThread);
        }));

        // From the second epoch on, when the optimizer and the best weights are in place, nothing may be added.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Skip(1), count => Assert.Equal(counts[1], count));
    }

    [Fact]
    public void Training_neither_draws_from_the_global_generator_nor_writes_to_the_console()
    {
        using var before = Generator.Default.get_state();
        var (output, error) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        Console.SetOut(written);
        Console.SetError(written);
        try
        {
            using var folders = new TemporaryFolder();
            using var model = SmallRuns.Model();
            new Trainer(model, SmallRuns.Options(folders["run"]) with { Binarize = Binarization.Dynamic }).Fit(SmallRuns.Data);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        using var after = Generator.Default.get_state();
        Assert.True(before.bytes.SequenceEqual(after.bytes));
        Assert.Equal("", written.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_weight_that_the_last_step_of_an_epoch_made_infinite_stops_the_run_before_it_is_shown(int validation)
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        var trainer = new Trainer(model, SmallRuns.Options(folders["run"]) with { Validation = validation })
        {
            AtMoment = (moment, _) =>
            {
                if (moment != TrainingMoment.Evaluation)
                    return;
                using var noGradient = no_grad();
                model.parameters().Last().fill_(Number(float.PositiveInfinity));
            },
        };

        var exception = Assert.Throws<NotFiniteException>(() => trainer.Fit(SmallRuns.Data));

        Assert.Contains("a weight", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folders["run"], "checkpoints", "diagnostic.safetensors")));
        Assert.False(model.training);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_and_leaves_the_checkpoints_as_they_were()
    {
        using var folders = new TemporaryFolder();
        var folder = folders["run"];
        using var model = SmallRuns.Model();
        var last = Path.Combine(folder, "checkpoints", "last.safetensors");
        byte[] before = [];
        var trainer = new Trainer(model, SmallRuns.Options(folder))
        {
            AtMoment = (moment, step) =>
            {
                if (moment != TrainingMoment.Step || step != SmallRuns.StepsPerEpoch + 2)
                    return;
                before = File.ReadAllBytes(last);
                using var _ = no_grad();
                model.parameters().First().fill_(Number(float.NaN));
            },
        };

        var exception = Assert.Throws<NotFiniteException>(() => trainer.Fit(SmallRuns.Data));

        Assert.Contains($"step {SmallRuns.StepsPerEpoch + 3}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(last));
        var record = RunDirectory.Open(folder).ReadRecord();
        Assert.Equal(RunState.Failed, record.State);
        Assert.Equal(exception.Message, record.Failure);
        var diagnostic = Path.Combine(folder, "checkpoints", "diagnostic.safetensors");
        File.Copy(diagnostic, last, overwrite: true);
        using var run = Run.Load(folder);
        Assert.Throws<InputException>(() => run.Resume(SmallRuns.Data));
    }

    [Fact]
    public void Validation_uses_the_objective_of_training_and_best_is_its_lowest_loss()
    {
        using var folders = new TemporaryFolder();
        var folder = folders["run"];
        using var model = SmallRuns.Model();
        var objective = new ObjectiveOptions { KlWeight = 3, ReconstructionWeight = 0.5 };

        var result = new Trainer(model, SmallRuns.Options(folder) with { Objective = objective, Epochs = 3 }).Fit(SmallRuns.Data);

        Assert.All(result.Epochs, epoch =>
            Assert.Equal(3 * epoch.Validation!.Kl!.Value + 0.5 * epoch.Validation.Reconstruction, epoch.ValidationLoss!.Value, 1e-9));
        var lowest = result.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.Equal(lowest.Epoch, result.BestEpoch);
        Assert.Equal(1, RunDirectory.Open(folder).ReadRecord().TestReads);
    }

    [Fact]
    public void The_step_of_the_fused_optimizer_is_that_of_Adam()
    {
        using var scope = NewDisposeScope();
        using var fused = new Dense(5, 4, new WeightNoise(3));
        using var reference = new Dense(5, 4, new WeightNoise(3));
        using (no_grad())
        {
            foreach (var (target, source) in reference.parameters().Zip(fused.parameters()))
                target.copy_(source);
        }

        using var optimizer = new FusedAdam(fused);
        using var adam = optim.Adam(reference.parameters(), 0.01);
        for (ulong step = 0; step < 20; step++)
        {
            var input = Tensors.Normal(step, float32, 8, 5);
            fused.forward(input).Squared().sum().backward();
            optimizer.Step(0.01);
            adam.zero_grad();
            reference.forward(input).Squared().sum().backward();
            adam.step();
        }

        foreach (var (actual, expected) in fused.parameters().Zip(reference.parameters()))
            Assert.True((actual - expected).abs().max().item<float>() < 1e-5);
    }

    internal static void AssertSameOutcome(string expected, string actual)
    {
        foreach (var table in new[] { "metrics.csv", "standard-errors.csv" })
            Assert.Equal(File.ReadAllText(Path.Combine(expected, table)), File.ReadAllText(Path.Combine(actual, table)));
        foreach (var name in new[] { "last", "best" })
        {
            var (left, right) = (Read(expected, name), Read(actual, name));
            Assert.Equal(left.Entries.Select(entry => entry.Name), right.Entries.Select(entry => entry.Name));
            Assert.All(left.Entries, entry => Assert.True(entry.Data.Span.SequenceEqual(right[entry.Name].Data.Span), entry.Name));
        }

        static SafetensorsFile Read(string folder, string name) =>
            SafetensorsFile.Read(Path.Combine(folder, "checkpoints", name + ".safetensors"));
    }
}
