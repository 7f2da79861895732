using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>One model, sixteen threads: the results are those of one thread, bit for bit.</summary>
public class ConcurrentUseTests
{
    private const int Threads = 16;
    private const int Rounds = 2;

    public static TheoryData<string> Models => ["cvae", "own modules", "vamp", "two layers", "region"];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_serves_sixteen_threads_as_it_serves_one(string kind)
    {
        using GenerativeModel model = kind switch
        {
            "cvae" => SmallRuns.Model(),
            "vamp" => Vae.Create(SmallRuns.Data.Shape, _ => Small with { Prior = "vamp", PriorComponents = 5, Likelihood = "categorical" }),
            "two layers" => new TwoLayerModel(SmallRuns.Data.Shape, 1),
            "region" => Cvae.Create(SmallRuns.Data.Shape, Condition.Region("left-half", SmallRuns.Data.Shape.Image!.Value), _ => Small),
            _ => WithOwnModules(),
        };
        // As after a user's own training loop: every call has to leave this mode and to restore it, beside the others.
        model.train();
        Func<float[]>[] calls = [.. Calls(model)];
        float[][] expected = [.. calls.Select(call => call())];
        var wrong = new ConcurrentBag<string>();
        using var start = new Barrier(Threads);

        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Rounds * calls.Length; i++)
            {
                var which = (number + i) % calls.Length;
                try
                {
                    if (!calls[which]().AsSpan().SequenceEqual(expected[which]))
                        wrong.Add($"call {which} of thread {number} has another result");
                }
                catch (Exception exception)
                {
                    wrong.Add($"call {which} of thread {number}: {exception.Message}");
                }
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();

        Assert.Empty(wrong);
        Assert.True(model.training);
    }

    private static ModelOptions Small => new() { LatentSize = 3, Network = new() { Hidden = [12] } };

    private static LatentVariableModel WithOwnModules() => Vae.Create(
        SmallRuns.Data.Shape,
        o => o with { LatentSize = 3 },
        modules: new(
            nn.Sequential(nn.Linear(36, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Dropout(0.5), nn.Linear(10, 6)),
            nn.Sequential(nn.Linear(3, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Dropout(0.5), nn.Linear(10, 36))));

    private static IEnumerable<Func<float[]>> Calls(GenerativeModel model)
    {
        var data = SmallRuns.Data.Test;
        var binary = Binarization.Dynamic;
        yield return () => [.. model.Score(data, samples: 3, seed: 1)
            .SelectMany(score => new[] { (float)score.Reconstruction, (float)(score.Kl ?? 0) })];
        yield return () => [(float)LikelihoodEvaluation.Estimate(model, data, 20, seed: 2).ImportanceSampling.Nats];
        if (model.Condition is RegionCondition)
        {
            yield return () => model.Sample(2, data, seed: 3, binarize: binary).Values.ToArray();
            yield return () => Completions.Of((LatentVariableModel)model, data, 3, seed: 4).Drawn.Values.ToArray();
        }
        else
        {
            yield return () => model.Sample(30, seed: 3).Values.ToArray();
            yield return () => model.Sample(30, seed: 3, draw: true).Values.ToArray();
        }

        if (model is not LatentVariableModel latent)
            yield break;
        yield return () => latent.Encode(data).Values.ToArray();
        yield return () => latent.Encode(data, binary, seed: 5).Values.ToArray();
        yield return () => latent.Reconstruct(data).Values.ToArray();
        var codes = latent.Encode(data);
        yield return () => (latent.Condition is null ? latent.Decode(codes) : latent.Decode(codes, data)).Values.ToArray();
    }
}
