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
    public void The_gradient_written_out_agrees_with_autograd_and_with_central_differences(string name)
    {
        using var scope = NewDisposeScope();
        var (model, options) = ModelVariants.Create(name);
        using var _ = model;
        model.to(float64);
        var objective = new WeightedObjective(options, model.HasKullbackLeibler, model.KlIsMonteCarlo);
        var batch = Examples(float64, model.Shape);
        var epsilon = Noise(float64, options.Samples, model.LatentSize);
        Tensor Loss() => objective.Loss(model.Terms(batch, epsilon), objective.FinalWeights);

        Loss().backward();
        var byAutograd = model.named_parameters().ToDictionary(named => named.name, named => named.parameter.grad);
        foreach (var parameter in model.parameters())
            parameter.grad = null;
        using var memory = new StepMemory();
        Differentiate(model, objective, batch, epsilon, memory);

        ulong seed = 100;
        foreach (var (parameterName, parameter) in model.named_parameters())
        {
            using var inner = NewDisposeScope();
            var gradient = parameter.grad;
            Assert.True(gradient is not null, $"{parameterName} has no gradient.");
            var rounding = (gradient - byAutograd[parameterName]!).abs().max().item<double>();
            Assert.True(rounding < 1e-12, $"{name}: autograd's gradient of {parameterName} differs by {rounding:R}.");
            var direction = Tensors.Normal(seed++, float64, parameter.shape);
            direction = direction / direction.norm();
            var analytic = (gradient * direction).sum().item<double>();
            var numeric = DirectionalDerivative(Loss, parameter, direction);
            var scale = Math.Max(Math.Abs(numeric), 1e-3);
            Assert.True(
                Math.Abs(analytic - numeric) / scale < 1e-6,
                $"{name}: along {parameterName} the gradient says {analytic:R}, differences say {numeric:R}.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Terms_and_gradients_stay_finite_for_absurd_inputs(string name)
    {
        using var scope = NewDisposeScope();
        var (model, options) = ModelVariants.Create(name);
        using var _ = model;
        var objective = new WeightedObjective(options, model.HasKullbackLeibler, model.KlIsMonteCarlo);
        var batch = Examples(float32, model.Shape);
        batch = batch with { Pixels = batch.Pixels * Number(1e4f) };

        var epsilon = Noise(float32, options.Samples, model.LatentSize);
        using var memory = new StepMemory();
        var loss = Differentiate(model, objective, batch, epsilon, memory);

        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.All(model.named_parameters(), named => Assert.True(named.parameter.grad!.isfinite().all().item<bool>(), named.name));
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
        var batch = Examples(float32, model.Shape);
        var other = new Batch(One.Minus(batch.Pixels), batch.Labels!.add(One, One) % Number(3), batch.Attributes!.Plus(1));
        var (features, otherFeatures) = (model.Condition.Features(batch), model.Condition.Features(other));
        var z = Tensors.Normal(1, float32, BatchSize, model.LatentSize);

        Assert.Equal(model.Options.ConditionDecoder, !Same(model.Decode(z, features), model.Decode(z, otherFeatures)));
        if (model.LatentSize == 0)
            return;
        Assert.Equal(model.Options.Prior != "standard", !Same(model.Prior.Sample(z, features), model.Prior.Sample(z, otherFeatures)));
        // Where z is drawn from the prior, that is how the condition enters, or not at all.
        Assert.Equal(
            model.InfersCode || model.Options.Prior != "standard",
            !Same(model.Encode(batch.Pixels, features).Mean, model.Encode(batch.Pixels, otherFeatures).Mean));
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

        Images Sample(ulong seed, bool draw = false) => model.Condition is null or LabelCondition
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

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_two_passes_add_up(string name)
    {
        using var scope = NewDisposeScope();
        var (model, options) = ModelVariants.Create(name);
        using var _ = model;
        var objective = new WeightedObjective(options, model.HasKullbackLeibler, model.KlIsMonteCarlo);
        var epsilon = Noise(float32, options.Samples, model.LatentSize);
        using var memory = new StepMemory();

        Differentiate(model, objective, Examples(float32, model.Shape), epsilon, memory);
        var once = model.parameters().Select(parameter => parameter.grad!.clone()).ToArray();
        Differentiate(model, objective, Examples(float32, model.Shape), epsilon, memory);

        Assert.All(model.parameters().Zip(once), pair => Assert.True(pair.First.grad!.allclose(pair.Second * Number(2), rtol: 1e-4, atol: 1e-6)));
    }

    private static Tensor Differentiate(
        LatentVariableModel model, WeightedObjective objective, Batch batch, Tensor epsilon, StepMemory memory)
    {
        using var _ = no_grad();
        var derivative = new BoundDerivative(memory.Workspace, memory.Gradients);
        var terms = model.Terms(batch, epsilon, derivative);
        derivative.Back(objective.Gradient(terms, objective.FinalWeights));
        return objective.Loss(terms, objective.FinalWeights);
    }

    private sealed class StepMemory : IDisposable
    {
        public Workspace Workspace { get; } = new();

        public ParameterGradients Gradients { get; } = new();

        public void Dispose()
        {
            Workspace.Dispose();
            Gradients.Dispose();
        }
    }

    private static Batch Examples(ScalarType type, ImageShape shape) => new(
        Tensors.Uniform(2, type, BatchSize, shape.Pixels), tensor(new long[] { 0, 1, 2, 1 }), Tensors.Normal(3, type, BatchSize, 2));

    // As a training step draws it: without a dimension for the draws where there is but one.
    private static Tensor Noise(ScalarType type, int samples, int latentSize) => samples == 1
        ? Tensors.Normal(5, type, BatchSize, latentSize)
        : Tensors.Normal(5, type, samples, BatchSize, latentSize);

    private static double DirectionalDerivative(Func<Tensor> loss, Tensor parameter, Tensor direction)
    {
        using var _ = no_grad();
        // Richardson's combination of two central differences: the error falls with the fourth power of the step.
        return (4 * Difference(1e-3) - Difference(2e-3)) / 3;

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
