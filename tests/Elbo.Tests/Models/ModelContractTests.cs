using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>What every model of the family must keep, whatever it is made of.</summary>
public class ModelContractTests
{
    private const int BatchSize = 4;

    public static TheoryData<string> Names => [.. ModelVariants.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_gradients_agree_with_central_differences_and_those_written_out_with_autograd(string name)
    {
        using var scope = NewDisposeScope();
        var (model, options) = ModelVariants.Create(name);
        using var _ = model;
        model.to(float64);
        var objective = new WeightedObjective(options, () => ModelTerms.Probe(model));
        var batch = Examples(float64, model);
        var epsilon = Noise(float64, options.Samples, model.LatentSize);
        var gradients = Differentiate(new AutogradPath(model, objective), model, objective, batch, epsilon).Gradients;
        foreach (var path in WrittenOut(model, objective))
        {
            using (path)
                AssertSame(gradients, Differentiate(path, model, objective, batch, epsilon).Gradients);
        }

        ulong seed = 100;
        foreach (var (parameterName, parameter) in model.named_parameters())
        {
            using var inner = NewDisposeScope();
            if (!gradients.TryGetValue(parameterName, out var gradient))
            {
                // A prior that is no part of the loss.
                Assert.True(
                    !objective.TrainsPrior && parameterName.StartsWith("prior.", StringComparison.Ordinal),
                    $"{parameterName} has no gradient.");
                continue;
            }

            var direction = Tensors.Normal(seed++, float64, parameter.shape);
            direction = direction / direction.norm();
            var analytic = (gradient * direction).sum().item<double>();
            // Where the kink of an activation lies between the points of a difference, closer ones are on one side of it.
            double[] differences = [.. new[] { 1e-3, 1e-5 }.Select(step => DirectionalDerivative(
                () => objective.Loss(model.Terms(batch, epsilon), objective.FinalWeights), parameter, direction, step))];
            Assert.True(
                differences.Any(numeric => Math.Abs(analytic - numeric) / Math.Max(Math.Abs(numeric), 1e-3) < 1e-6),
                $"{name}: along {parameterName} the gradient says {analytic:R}, differences say {differences[0]:R} and "
                + $"{differences[1]:R}.");
        }
    }

    [Theory]
    [InlineData("ae")]
    [InlineData("vae")]
    [InlineData("beta-vae")]
    [InlineData("cvae", "standard")]
    [InlineData("cvae", "mean")]
    [InlineData("cvae", "mean-variance")]
    [InlineData("cvae-quadrant-1")]
    [InlineData("cvae-quadrant-2")]
    [InlineData("cvae-quadrant-3")]
    public void The_presets_are_trained_by_gradients_written_out(string preset, string? prior = null)
    {
        foreach (var likelihood in new[] { "bernoulli", "gaussian" })
        {
            var of = Presets.Find(preset);
            using var model = LatentVariableModel.Create(of.Model with
            {
                Shape = ModelVariants.Shape,
                Prior = prior ?? of.Model.Prior,
                Likelihood = likelihood,
                Condition = of.Model.Condition is LabelCondition ? Condition.Label(3)
                    : of.Model.Condition is RegionCondition region ? Condition.Region(region.Visible, ModelVariants.Shape)
                    : null,
            });
            using var minimizer = new Minimizer(
                model, new WeightedObjective(of.Objective, () => ModelTerms.Probe(model)), new TrainingClock());

            Assert.Equal("fused", minimizer.GradientPath);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Terms_and_gradients_stay_finite_for_absurd_inputs(string name)
    {
        using var scope = NewDisposeScope();
        var (model, options) = ModelVariants.Create(name);
        using var _ = model;
        var objective = new WeightedObjective(options, () => ModelTerms.Probe(model));
        var examples = Examples(float32, model.Shape);
        var batch = (examples with { Values = examples.Values * Number(1e4f) }).For(model.Condition);
        var epsilon = Noise(float32, options.Samples, model.LatentSize);

        foreach (var path in WrittenOut(model, objective).Prepend(new AutogradPath(model, objective)))
        {
            using var disposed = path;
            var (loss, gradients) = Differentiate(path, model, objective, batch, epsilon);
            Assert.True(float.IsFinite(loss.item<float>()));
            Assert.All(gradients, named => Assert.True(named.Value.isfinite().all().item<bool>(), named.Key));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_condition_enters_encoder_prior_and_decoder_where_it_should(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (model, _) = ModelVariants.Create(name);
        using var owned = model;
        if (model.Condition is null)
            return;
        var examples = Examples(float32, model.Shape);
        var other = new TensorExamples(One.Minus(examples.Values), [1, 2, 0, 2], examples.Attributes!.Plus(1));
        var (batch, features, otherFeatures) = (
            examples.For(model.Condition), examples.FeaturesFor(model.Condition), other.FeaturesFor(model.Condition));
        var z = Tensors.Normal(1, float32, BatchSize, model.LatentSize);

        Assert.Equal(model.Options.ConditionDecoder, !Same(model.Decode(z, features), model.Decode(z, otherFeatures)));
        if (model.LatentSize == 0)
            return;
        Assert.Equal(model.Options.Prior != "standard", !Same(model.Prior.At(features).Sample(z), model.Prior.At(otherFeatures).Sample(z)));
        // Where z is drawn from the prior, that is how the condition enters, or not at all.
        Assert.Equal(
            model.InfersCode || model.Options.Prior != "standard",
            !Same(model.Encode(batch.Values, features).Mean, model.Encode(batch.Values, otherFeatures).Mean));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sampling_is_a_function_of_the_seed_and_leaves_the_global_generator_and_no_tensor_behind(string name)
    {
        var (model, _) = ModelVariants.Create(name);
        using var owned = model;
        using var before = Generator.Default.get_state();
        var live = LiveTensors.OfThisThread;

        var first = Sample(seed: 3);
        var again = Sample(seed: 3);
        var other = Sample(seed: 4);
        var drawn = Sample(seed: 3, draw: true);

        Assert.Equal(live, LiveTensors.OfThisThread);
        Assert.Equal(first.Values.ToArray(), again.Values.ToArray());
        // Without a code there is one image for each condition.
        Assert.Equal(model.LatentSize == 0, first.Values.ToArray().SequenceEqual(other.Values.ToArray()));
        Assert.NotEqual(first.Values.ToArray(), drawn.Values.ToArray());
        Assert.Equal(model.Shape, first.Shape);
        Assert.Equal(model.Condition is null ? 5 : 15, first.Count);
        using var after = Generator.Default.get_state();
        Assert.True(before.bytes.SequenceEqual(after.bytes));

        ExampleValues Sample(ulong seed, bool draw = false) => model.Condition is null or LabelCondition
            ? model.Sample(5, seed: seed, draw: draw)
            : model.Sample(5, ModelVariants.Conditions(model.Shape), seed, draw);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_makes_the_same_first_weights_and_another_seed_others(string name)
    {
        using var one = ModelVariants.Create(name, 1).Model;
        using var same = ModelVariants.Create(name, 1).Model;
        using var other = ModelVariants.Create(name, 2).Model;

        Assert.Equal(Weights(one), Weights(same));
        Assert.NotEqual(Weights(one), Weights(other));

        static double[] Weights(LatentVariableModel model)
        {
            using var scope = NewDisposeScope();
            return [.. model.parameters().SelectMany(Tensors.ToArray)];
        }
    }

    // That of processors and that of other devices, which computes on a processor as well.
    private static IEnumerable<IGradientPath> WrittenOut(GenerativeModel model, WeightedObjective objective)
    {
        using var optimizer = new FusedAdam(model);
        if (FusedPath.TryCreate(model, objective, optimizer) is { } fused)
            yield return fused;
        if (DevicePath.TryCreate(model, objective) is { } device)
            yield return device;
    }

    private static (Tensor Loss, Dictionary<string, Tensor> Gradients) Differentiate(
        IGradientPath path, GenerativeModel model, WeightedObjective objective, Batch batch, Tensor epsilon)
    {
        foreach (var parameter in model.parameters())
            parameter.grad = null;
        var (_, loss) = path.Compute(batch, epsilon, objective.FinalWeights, new TrainingClock());
        return (loss, model.named_parameters().Where(named => named.parameter.grad is not null)
            .ToDictionary(named => named.name, named => named.parameter.grad!.clone()));
    }

    private static void AssertSame(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, gradient) in expected)
        {
            var difference = (actual[name] - gradient).norm().item<double>();
            Assert.True(difference <= 1e-10 * gradient.norm().item<double>(), $"The gradient of {name} differs by {difference:R}.");
        }
    }

    private static Batch Examples(ScalarType type, GenerativeModel model) => Examples(type, model.Shape).For(model.Condition);

    private static TensorExamples Examples(ScalarType type, ValueShape shape) =>
        new(Tensors.Uniform(2, type, BatchSize, shape.Size), [0, 1, 2, 1], Tensors.Normal(3, type, BatchSize, 2));

    // As a training step draws it: without a dimension for the draws where there is but one.
    private static Tensor Noise(ScalarType type, int samples, int latentSize) => samples == 1
        ? Tensors.Normal(5, type, BatchSize, latentSize)
        : Tensors.Normal(5, type, samples, BatchSize, latentSize);

    private static double DirectionalDerivative(Func<Tensor> loss, Tensor parameter, Tensor direction, double size)
    {
        using var _ = no_grad();
        // Richardson's combination of two central differences: the error falls with the fourth power of the step.
        return (4 * Difference(size) - Difference(2 * size)) / 3;

        double Difference(double step)
        {
            parameter.add_(direction * Number(step), One);
            var above = loss().item<double>();
            parameter.sub_(direction * Number(2 * step));
            var below = loss().item<double>();
            parameter.add_(direction * Number(step), One);
            return (above - below) / (2 * step);
        }
    }

    private static bool Same(Tensor left, Tensor right) => Tensors.ToArray(left).SequenceEqual(Tensors.ToArray(right));
}
