using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>A model that is used while it is trained.</summary>
public class UseDuringTrainingTests
{
    private const int BatchOfInference = 500;

    private static TrainerOptions Options => SmallRuns.Options(null) with { Epochs = 4, LearningRate = 0.01 };

    [Fact]
    public void A_second_training_of_the_same_model_is_refused_and_the_first_goes_on()
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data);
        using var run = Run.Load(folders["run"], model);
        var refused = new List<string>();
        var progress = new SynchronousProgress(report =>
        {
            if (report.Completed is null)
                return;
            refused.Add(Refused(() => new Trainer(model, Options).Fit(SmallRuns.Data)));
            refused.Add(Refused(() => Run.Load(folders["run"], model)));
            refused.Add(Refused(() => run.Resume(SmallRuns.Data, epochs: 3)));
        });

        var result = new Trainer(model, Options with { Epochs = 2 }).Fit(SmallRuns.Data, progress);

        Assert.Equal(6, refused.Count);
        Assert.All(refused, sentence => Assert.StartsWith("The model is being trained already: ", sentence, StringComparison.Ordinal));
        Assert.Equal((RunState.Finished, 2), (result.State, result.Epochs.Count));
        // After its end there is nothing to refuse.
        new Trainer(model, Options with { Epochs = 1 }).Fit(SmallRuns.Data);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Who_is_told_about_an_epoch_sees_the_weights_that_were_validated_and_changes_nothing(double averaging)
    {
        using var model = WithOwnModules();
        using var undisturbed = WithOwnModules();
        var options = Options with { Averaging = averaging };
        var (modes, samples) = (new List<bool>(), new Dictionary<int, float[]>());
        var progress = new SynchronousProgress(report =>
        {
            modes.Add(model.training);
            var images = model.Sample(5, seed: 1).Values.ToArray();
            Assert.Equal(images, model.Sample(5, seed: 1).Values.ToArray());
            if (report.Completed is { } completed)
                samples.Add(completed.Epoch, images);
        });

        random.manual_seed(1);
        var result = new Trainer(model, options).Fit(SmallRuns.Data, progress);
        random.manual_seed(1);
        new Trainer(undisturbed, options).Fit(SmallRuns.Data);

        Assert.True(modes.Count > Options.Epochs);
        Assert.DoesNotContain(true, modes);
        Assert.Equal(Weights(undisturbed), Weights(model));
        Assert.Equal(model.Sample(5, seed: 1).Values.ToArray(), samples[result.BestEpoch]);
        Assert.Equal(Options.Epochs, samples.Values.Select(images => images[0]).Distinct().Count());
    }

    [Fact]
    public void Another_thread_sees_the_weights_between_two_steps_in_all_batches_of_a_call()
    {
        using var model = SmallRuns.Model();
        using var undisturbed = SmallRuns.Model();
        // The second batch holds the images of the first.
        int[] twice = [.. Enumerable.Range(0, 2 * BatchOfInference).Select(i => i % BatchOfInference % SmallRuns.Data.Train.Count)];
        var data = SmallRuns.Data.Train.Subset(twice);
        var (codes, tornApart, calls, isOver) = (new ConcurrentDictionary<float, bool>(), 0, 0, 0);
        var refused = new ConcurrentQueue<string>();
        using var noCode = zeros(1, 3);
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref isOver) == 0)
            {
                var values = model.Encode(data).Values.Span;
                var half = values.Length / 2;
                if (!values[..half].SequenceEqual(values[half..]))
                    Interlocked.Increment(ref tornApart);
                codes.TryAdd(values[0], true);
                Interlocked.Increment(ref calls);
                try
                {
                    using var scope = NewDisposeScope();
                    model.Decode(noCode, zeros(1, 3));
                }
                catch (InvalidOperationException exception)
                {
                    refused.Enqueue(exception.Message);
                }
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        // Each epoch waits until the others have seen it. A step alone does not: they get their turn between two of them.
        var progress = new SynchronousProgress(report =>
        {
            var before = Volatile.Read(ref calls);
            if (report.Completed is not null)
                SpinWait.SpinUntil(() => Volatile.Read(ref calls) > before + 2 * threads.Length);
        });

        new Trainer(model, Options).Fit(SmallRuns.Data, progress);
        Volatile.Write(ref isOver, 1);
        foreach (var thread in threads)
            thread.Join();

        Assert.Equal(0, tornApart);
        Assert.True(codes.Count >= Options.Epochs, $"{codes.Count}");
        const string refusal = "The model is being trained by another thread";
        Assert.All(refused, sentence => Assert.StartsWith(refusal, sentence, StringComparison.Ordinal));
        Assert.NotEmpty(refused);
        new Trainer(undisturbed, Options).Fit(SmallRuns.Data);
        Assert.Equal(Weights(undisturbed), Weights(model));
    }

    [Fact]
    public void A_model_that_is_disposed_during_its_training_ends_the_training_with_a_sentence()
    {
        using var folders = new TemporaryFolder();
        var model = SmallRuns.Model();
        var weight = model.parameters().First();
        var progress = new SynchronousProgress(_ => model.Dispose());

        Assert.Throws<ObjectDisposedException>(() => new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data, progress));

        Assert.True(weight.IsInvalid);
        using var run = Run.Load(folders["run"]);
        Assert.Equal(RunState.Failed, run.State);
    }

    private static string Refused(Action action) => Assert.Throws<InvalidOperationException>(action).Message;

    private static float[] Weights(GenerativeModel model) =>
        [.. model.NamedState().SelectMany(named => named.Value.to(float32).data<float>().ToArray())];

    private static LatentVariableModel WithOwnModules()
    {
        // The layers of TorchSharp take their initial weights from the global generator.
        random.manual_seed(0);
        return Vae.Create(
            SmallRuns.Data.Shape,
            o => o with { LatentSize = 3 },
            modules: new(
                nn.Sequential(nn.Linear(36, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 6)),
                nn.Sequential(nn.Linear(3, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Dropout(0.1), nn.Linear(10, 36))));
    }
}
