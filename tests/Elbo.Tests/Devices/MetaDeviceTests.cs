using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// What a GPU would show, on every machine: libtorch's device <c>meta</c>, whose tensors have no content, stands for it.
/// </summary>
public class MetaDeviceTests
{
    public static TheoryData<string> Names => [.. ModelVariants.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_that_a_model_keeps_or_is_given_stays_on_the_processor(string name)
    {
        using var scope = NewDisposeScope();
        var (model, options) = ModelVariants.Create(name);
        using var owned = model;
        var objective = new WeightedObjective(options, () => ModelTerms.Probe(model));
        _ = model.TermsOfModel;
        model.to(META);
        var reader = model.Reader(ModelVariants.Conditions(model.Shape));
        using var sums = new TermAccumulator(model, reader.Device);
        using var watch = new FiniteWatch(reader.Device);
        using var optimizer = new FusedAdam(model);
        var batch = reader.Gather([2, 0, 1], epoch: 1);

        object[] roots =
        [
            model, objective, batch, model.TrainingNoise(batch, options.Samples, seed: 1, epoch: 1),
            model.EvaluationNoise(batch, 1, seed: 1), sums, watch, optimizer,
        ];
        foreach (var root in roots)
        {
            Assert.All(
                ReachedTensors.From(root),
                found => Assert.True(
                    found.Tensor.device_type == DeviceType.META, $"{root.GetType().Name}{found.Path} is on {found.Tensor.device}."));
        }
    }
}
