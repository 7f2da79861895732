using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>The gradients of processes that share a batch add up to those of one process, for every model and objective.</summary>
public class SharedGradientTests
{
    // One of each kind of objective under each kind of prior and posterior: what else a model is made of looks at single examples.
    public static TheoryData<string> Names =>
        [.. ModelVariants.Names.GroupBy(ModelVariants.KindOf).Select(variants => variants.First())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_and_loss_are_those_of_one_process(string name)
    {
        var alone = Compute(name, SingleProcess.Instance, isFused: false);
        // Three examples: of four processes one has none.
        foreach (var (count, isFused) in new[] { (2, false), (4, false), (2, true), (4, true) })
        {
            foreach (var shared in ThreadGroup.Run(count, processes => Compute(name, processes, isFused)))
            {
                AssertClose(alone.Loss, shared.Loss, "the loss");
                Assert.Equal(alone.Gradients.Keys, shared.Gradients.Keys);
                foreach (var (parameter, gradient) in alone.Gradients)
                {
                    var scale = Math.Max(1e-3, gradient.Max(Math.Abs));
                    for (var i = 0; i < gradient.Length; i++)
                        AssertClose(gradient[i] / scale, shared.Gradients[parameter][i] / scale, $"{parameter} with {count} processes");
                }
            }
        }
    }

    private static (double Loss, Dictionary<string, double[]> Gradients) Compute(
        string name, IProcessGroup processes, bool isFused)
    {
        using var scope = NewDisposeScope();
        var (model, options) = ModelVariants.Create(name);
        using var _ = model;
        model.to(float64);
        var objective = new WeightedObjective(options, () => ModelTerms.Probe(model));
        ProcessRequirements.Ensure(model, objective, CPU, processes);
        var reader = model.Reader(ModelVariants.Conditions(model.Shape));
        var share = ProcessShare.Of(reader.Count, processes);
        var batch = reader.Slice(share.Start == reader.Count ? 0 : share.Start, Math.Max(1, share.Count));
        var wide = batch with
        {
            Values = batch.Values.to(float64),
            Features = batch.Features?.to(float64),
            Target = batch.Target?.to(float64),
            Share = processes.Count == 1 ? null : share,
        };
        var noise = model.EvaluationNoise(wide, options.Samples, 1);
        GradientSum sum = new([.. model.parameters()], processes);
        using var optimizer = new FusedAdam(model);
        optimizer.DiscardGradients();
        // Where a model is not for the fused step, that of autograd is computed twice.
        using var path = new SharedPath(
            (isFused ? FusedPath.TryCreate(model, objective, optimizer, (processes, sum)) : null)
                ?? new AutogradPath(model, objective, processes),
            sum);
        var (_, loss) = path.Compute(wide, noise, objective.WeightsAt(3), new TrainingClock());
        return (
            loss.item<double>(),
            model.named_parameters().Where(named => named.parameter.grad is not null).ToDictionary(
                named => named.name, named => named.parameter.grad!.reshape(-1).data<double>().ToArray()));
    }

    private static void AssertClose(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R} instead of {expected:R}");
}
