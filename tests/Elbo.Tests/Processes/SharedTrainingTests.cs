using System.Globalization;

namespace Elbo.Tests;

/// <summary>Trainings that several processes share, with threads in their place.</summary>
public class SharedTrainingTests
{
    public static TheoryData<string, string> Objectives => new()
    {
        { "elbo", "KlWeight=linear:0:1:9" },
        { "elbo", "FreeBits=0.05" },
        { "beta-tc", "KlWeight=4" },
        { "capacity", "Capacity=linear:0:5:9" },
        { "iwae", "Samples=3" },
        { "hybrid", "BoundShare=0.5" },
        { "dip", "KlWeight=10" },
    };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_figures_are_those_of_one_process_and_the_bytes_those_of_as_many(string kind, string option)
    {
        using var folders = new TemporaryFolder();
        var objective = Objective(kind, option);
        Train(SingleProcess.Instance, folders["1"], objective);
        foreach (var count in new[] { 2, 4 })
        {
            foreach (var number in new[] { "a", "b" })
                ThreadGroup.Run(count, processes => Train(processes, folders[$"{count}{number}"], objective));

            AssertSameFigures(folders["1"], folders[$"{count}a"], tolerance: 1e-4);
            TrainerTests.AssertSameOutcome(folders[$"{count}a"], folders[$"{count}b"]);
        }
    }

    [Fact]
    public void A_training_that_is_stopped_within_an_epoch_resumes_to_the_same_bytes()
    {
        using var folders = new TemporaryFolder();
        ThreadGroup.Run(3, processes => Train(processes, folders["whole"]));
        var states = ThreadGroup.Run(3, processes =>
        {
            using var stop = new CancellationTokenSource();
            // A signal that only one of them gets.
            return Train(processes, folders["stopped"], atStep: step =>
            {
                if (step == SmallRuns.StepsPerEpoch + 3 && processes.Rank == 1)
                    stop.Cancel();
            }, token: stop.Token);
        });
        Assert.All(states, state => Assert.Equal(RunState.Interrupted, state));
        Assert.Equal(RunState.Interrupted, RunDirectory.Open(folders["stopped"]).ReadRecord().State);

        ThreadGroup.Run(3, processes =>
        {
            using var run = Run.Load(folders["stopped"]);
            run.Processes = processes;
            Assert.Empty(run.DifferencesFromRecordedMachine());
            return run.Resume(SmallRuns.Data).State;
        });

        TrainerTests.AssertSameOutcome(folders["whole"], folders["stopped"]);
        using var other = Run.Load(folders["whole"]);
        Assert.Equal(["the number of processes (3 then, 1 now)"], other.DifferencesFromRecordedMachine());
    }

    [Fact]
    public void A_checkpoint_of_three_processes_goes_on_in_one()
    {
        using var folders = new TemporaryFolder();
        ThreadGroup.Run(3, processes => Train(processes, folders["whole"]));
        ThreadGroup.Run(3, processes =>
        {
            using var stop = new CancellationTokenSource();
            return Train(processes, folders["stopped"], atStep: step =>
            {
                if (step == 5)
                    stop.Cancel();
            }, token: stop.Token);
        });

        using (var run = Run.Load(folders["stopped"]))
            Assert.Equal(RunState.Finished, run.Resume(SmallRuns.Data).State);

        AssertSameFigures(folders["whole"], folders["stopped"], tolerance: 1e-4);
    }

    [Fact]
    public void Process_0_alone_writes_and_all_have_the_same_weights_and_reports()
    {
        using var folders = new TemporaryFolder();
        var results = ThreadGroup.Run(2, processes =>
        {
            using var model = SmallRuns.Model();
            var result = new Trainer(model, SmallRuns.Options(folders["run"])) { Processes = processes }.Fit(SmallRuns.Data);
            return (result, Weights: model.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray()).ToArray());
        });

        Assert.Equal(folders["run"], results[0].result.Directory);
        Assert.Null(results[1].result.Directory);
        Assert.Equal(results[0].Weights, results[1].Weights);
        Assert.Equal(results[0].result.Test!.NegativeElbo, results[1].result.Test!.NegativeElbo);
        Assert.Equal(1, RunDirectory.Open(folders["run"]).ReadRecord().TestReads);
        Assert.Equal(2, RunDirectory.Open(folders["run"]).ReadRecord().Machine.Processes);
    }

    [Fact]
    public void Evaluation_and_importance_sampling_are_shared_out_with_the_same_figures()
    {
        using var model = SmallRuns.Model();
        var test = SmallRuns.Data.Test;
        foreach (var objective in new[] { Objective("elbo", "Samples=2"), Objective("beta-tc", "KlWeight=4") })
        {
            var alone = SplitEvaluation.Evaluate(model, test, objective, trainingBatchSize: 16);
            var shared = ThreadGroup.Run(3, processes =>
            {
                using var own = SmallRuns.Model();
                return SplitEvaluation.Evaluate(own, test, objective, trainingBatchSize: 16, processes: processes);
            });
            Assert.All(shared, terms => Assert.Equal(shared[0].Reconstruction, terms.Reconstruction));
            Assert.Equal(test.Count, shared[0].Examples);
            Assert.Equal(alone.NegativeElbo!.Value, shared[0].NegativeElbo!.Value, 1e-4);
            Assert.Equal(alone.StandardError, shared[0].StandardError, 1e-5);
            Assert.Equal(alone.Auxiliary ?? 0, shared[0].Auxiliary ?? 0, 1e-4);
            Assert.Equal(alone.AuxiliaryBatchSize, shared[0].AuxiliaryBatchSize);
        }

        var estimate = LikelihoodEvaluation.Estimate(model, test, 40);
        foreach (var report in ThreadGroup.Run(4, processes =>
        {
            using var own = SmallRuns.Model();
            return LikelihoodEvaluation.Estimate(own, test, 40, processes: processes);
        }))
        {
            Assert.Equal(estimate.ImportanceSampling.Nats, report.ImportanceSampling.Nats, 1e-4);
            Assert.Equal(estimate.PriorMonteCarlo.Nats, report.PriorMonteCarlo.Nats, 1e-4);
            Assert.Equal(estimate.NegativeElbo.StandardError, report.NegativeElbo.StandardError, 1e-5);
            Assert.Equal(estimate.Reconstruction, report.Reconstruction, 1e-4);
            Assert.Equal(test.Count, report.Examples);
        }
    }

    [Fact]
    public void Processes_that_differ_are_told_in_what()
    {
        var data = Refused(processes => (SmallRuns.Data.Train.Subset([.. Enumerable.Range(processes.Rank, 100)]), new()));
        Assert.Contains("Process 1 has other training data than process 0", data, StringComparison.Ordinal);
        var settings = Refused(processes => (SmallRuns.Data.Train, new() { LearningRate = processes.Rank == 0 ? 0.001 : 0.002 }));
        Assert.Contains("Process 1 has other settings than process 0", settings, StringComparison.Ordinal);

        static string Refused(Func<IProcessGroup, (ExampleSet Train, TrainerOptions Options)> choose) =>
            Assert.IsType<SettingsException>(Assert.Throws<AggregateException>(() => ThreadGroup.Run(2, processes =>
            {
                var (train, options) = choose(processes);
                using var model = SmallRuns.Model();
                return new Trainer(model, options with { Epochs = 1, Validation = 0 }) { Processes = processes }.Fit(train);
            })).InnerExceptions[0]).Message;
    }

    [Fact]
    public void A_folder_that_is_taken_fails_every_process_alike()
    {
        using var folders = new TemporaryFolder();
        Directory.CreateDirectory(folders["run"]);
        File.WriteAllText(Path.Combine(folders["run"], "mine"), "");

        var errors = Assert.Throws<AggregateException>(() => ThreadGroup.Run(2, processes => Train(processes, folders["run"])));

        Assert.Equal(2, errors.InnerExceptions.Count);
        Assert.All(errors.InnerExceptions, error => Assert.IsType<FolderTakenException>(error));
    }

    private static RunState Train(
        IProcessGroup processes,
        string folder,
        ObjectiveOptions? objective = null,
        Action<long>? atStep = null,
        CancellationToken token = default)
    {
        using var model = SmallRuns.Model();
        var trainer = new Trainer(model, SmallRuns.Options(folder) with
        {
            CheckpointEvery = SmallRuns.CheckpointEvery,
            Objective = objective,
            SamplePages = false,
        })
        {
            Processes = processes,
            AtMoment = (moment, step) =>
            {
                if (moment == TrainingMoment.Step)
                    atStep?.Invoke(step);
            },
        };
        return trainer.Fit(SmallRuns.Data, cancellationToken: token).State;
    }

    private static ObjectiveOptions Objective(string kind, string option)
    {
        var (name, value) = (option.Split('=')[0], option.Split('=')[1]);
        var options = new ObjectiveOptions { Kind = kind };
        return name switch
        {
            "KlWeight" => options with { KlWeight = WeightSchedule.Parse(value) },
            "Capacity" => options with { Capacity = WeightSchedule.Parse(value) },
            "FreeBits" => options with { FreeBits = double.Parse(value, CultureInfo.InvariantCulture) },
            "Samples" => options with { Samples = int.Parse(value, CultureInfo.InvariantCulture) },
            _ => options with { BoundShare = double.Parse(value, CultureInfo.InvariantCulture) },
        };
    }

    private static void AssertSameFigures(string expected, string actual, double tolerance)
    {
        var rows = RunDirectory.Open(expected).ReadMetrics().Zip(RunDirectory.Open(actual).ReadMetrics()).ToList();
        Assert.Equal(5, rows.Count);
        Assert.All(rows, pair =>
        {
            Assert.Equal((pair.First.Step, pair.First.Split), (pair.Second.Step, pair.Second.Split));
            Assert.Equal(1, pair.Second.Loss / pair.First.Loss, tolerance);
            Assert.Equal(1, pair.Second.Reconstruction / pair.First.Reconstruction, tolerance);
            Assert.Equal(pair.First.Kl!.Value, pair.Second.Kl!.Value, tolerance * 100);
            Assert.Equal(pair.First.ActiveUnits, pair.Second.ActiveUnits);
        });
    }
}
