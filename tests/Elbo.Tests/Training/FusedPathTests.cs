using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>The fused step beside autograd and libtorch's Adam, where layers are wide, batches ragged and draws several.</summary>
public class FusedPathTests
{
    private const int Values = 300;
    private const int Latent = 19;

    // Widths that are whole vectors, and ones that are not; 700 x 300 weights are a wide layer, which two threads share by its outputs.
    public static TheoryData<string, string, string?, int, int> Cases => new()
    {
        { "relu", "bernoulli", null, 64, 1 },
        { "leaky-relu", "bernoulli", null, 37, 1 },
        { "elu", "gaussian", null, 37, 2 },
        { "tanh", "bernoulli", "standard", 37, 1 },
        { "softplus", "bernoulli", "mean", 37, 3 },
        { "silu", "gaussian", "mean-variance", 37, 1 },
        { "gelu", "bernoulli", "mean-variance", 2, 3 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_those_of_autograd_for_any_number_of_threads(
        string activation, string likelihood, string? prior, int batchSize, int draws)
    {
        foreach (var (type, tolerance) in new[] { (float64, 1e-10), (float32, 1e-6) })
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                using var scope = NewDisposeScope();
                using var model = Model(activation, likelihood, prior);
                model.to(type);
                var objective = Objective(model, draws);
                var (batch, noise) = Examples(model, type, batchSize, draws);

                var (loss, expected) = Differentiate(new AutogradPath(model, objective), model, objective, batch, noise);
                using var optimizer = new FusedAdam(model);
                using var use = LibTorchThreads.Use(threads);
                using var path = FusedPath.TryCreate(model, objective, optimizer)!;
                var (fusedLoss, actual) = Differentiate(path, model, objective, batch, noise);

                Assert.Equal(1, fusedLoss / loss, tolerance);
                Assert.Equal(expected.Keys, actual.Keys);
                Assert.All(expected, named => Assert.True(
                    (actual[named.Key] - named.Value).norm().to(float64).item<double>()
                        <= tolerance * named.Value.norm().to(float64).item<double>(),
                    $"{named.Key} in {type} on {threads} threads"));
            }
        }
    }

    [Fact]
    public void Steps_move_parameters_and_moments_as_the_gradient_and_the_Adam_of_libtorch_do()
    {
        using var scope = NewDisposeScope();
        using var use = LibTorchThreads.Use(2);
        using var fused = Model("relu", "bernoulli", "mean-variance");
        using var plain = Model("relu", "bernoulli", "mean-variance");
        fused.to(float64);
        plain.to(float64);
        var objective = Objective(fused, draws: 1);
        using var optimizer = new FusedAdam(fused);
        using var reference = new FusedAdam(plain);
        using var path = FusedPath.TryCreate(fused, objective, optimizer)!;
        using IGradientPath autograd = new AutogradPath(plain, Objective(plain, draws: 1));

        foreach (var batchSize in new[] { 24, 24, 7, 24 })
        {
            var (batch, noise) = Examples(fused, float64, batchSize, draws: 1);
            path.Step(batch, noise, objective.FinalWeights, new TrainingClock(), optimizer, 1e-3);
            autograd.Step(batch, noise, objective.FinalWeights, new TrainingClock(), reference, 1e-3);
        }

        AssertSameState(plain, reference, fused, optimizer);
    }

    // As several processes take it, whose gradients are summed between the two.
    [Theory]
    [InlineData("elbo")]
    [InlineData("reconstruction")]
    public void A_gradient_that_was_stored_is_applied_as_the_Adam_of_libtorch_does(string kind)
    {
        using var scope = NewDisposeScope();
        using var use = LibTorchThreads.Use(2);
        using var fused = Model("relu", "bernoulli", "mean-variance");
        using var plain = Model("relu", "bernoulli", "mean-variance");
        fused.to(float64);
        plain.to(float64);
        var objective = new WeightedObjective(new ObjectiveOptions { Kind = kind }, () => ModelTerms.Probe(fused));
        using var optimizer = new FusedAdam(fused);
        using var reference = new FusedAdam(plain);
        using IGradientPath path = FusedPath.TryCreate(fused, objective, optimizer)!;
        using var autograd = new AutogradPath(plain, objective);

        foreach (var batchSize in new[] { 24, 7, 24 })
        {
            var (batch, noise) = Examples(fused, float64, batchSize, draws: 1);
            path.Compute(batch, noise, objective.FinalWeights, new TrainingClock());
            path.Update(optimizer, 1e-3);
            autograd.Compute(batch, noise, objective.FinalWeights, new TrainingClock());
            reference.Step(1e-3);
        }

        AssertSameState(plain, reference, fused, optimizer);
    }

    [Fact]
    public void The_same_steps_give_the_same_bits_and_one_whose_loss_is_not_finite_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var use = LibTorchThreads.Use(2);
        double[] first = [.. Train()];

        Assert.Equal(first, Train());

        static double[] Train()
        {
            using var model = Model("relu", "bernoulli", "mean");
            var objective = Objective(model, draws: 1);
            using var optimizer = new FusedAdam(model);
            using var path = FusedPath.TryCreate(model, objective, optimizer)!;
            var (batch, noise) = Examples(model, float32, 32, draws: 1);
            for (var step = 0; step < 3; step++)
                path.Step(batch, noise, objective.FinalWeights, new TrainingClock(), optimizer, 1e-3);
            double[] State() => [.. model.parameters().Concat(optimizer.State.Select(named => named.Value)).SelectMany(Tensors.ToArray)];
            var before = State();
            var (_, loss) = path.Step(
                batch with { Values = batch.Values * Number(double.NaN) }, noise, objective.FinalWeights, new TrainingClock(), optimizer,
                1e-3);
            Assert.True(double.IsNaN(loss.to(float64).item<double>()));
            Assert.Equal(before, State());
            return before;
        }
    }

    [Fact]
    public void A_model_that_was_moved_since_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = Model("relu", "bernoulli", prior: null);
        using Minimizer minimizer = new(model);
        Assert.Equal("fused", minimizer.GradientPath);
        model.to(float64);
        var (batch, noise) = Examples(model, float64, 4, draws: 1);

        Assert.Throws<InvalidOperationException>(() => minimizer.Step(batch, noise, step: 0, learningRate: 1e-3));
    }

    [Fact]
    public void An_epoch_ends_at_the_loss_of_autograd()
    {
        using var scope = NewDisposeScope();
        var data = SmallRuns.Data.Train;
        double[] losses = [.. new[] { true, false }.Select(isFused =>
        {
            using var model = SmallRuns.Model();
            var objective = new WeightedObjective(new ObjectiveOptions(), () => ModelTerms.Probe(model));
            using var optimizer = new FusedAdam(model);
            using var path = isFused ? FusedPath.TryCreate(model, objective, optimizer)! : new AutogradPath(model, objective);
            var reader = model.Reader(data);
            for (var step = 0; step < 10; step++)
            {
                using var inner = NewDisposeScope();
                path.Step(
                    reader.Slice(16 * step, 16), Tensors.Normal((ulong)step, float32, 16, 3), objective.FinalWeights,
                    new TrainingClock(), optimizer, 1e-3);
            }

            return objective.Loss(
                model.Terms(reader.Slice(0, data.Count), Tensors.Normal(99, float32, data.Count, 3)), objective.FinalWeights)
                .to(float64).item<double>();
        })];

        Assert.Equal(1, losses[0] / losses[1], 1e-4);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        using var model = SmallRuns.Model();
        var objective = new WeightedObjective(new ObjectiveOptions(), () => ModelTerms.Probe(model));
        using var optimizer = new FusedAdam(model);
        var before = LiveTensors.OfThisThread;
        using (var path = FusedPath.TryCreate(model, objective, optimizer)!)
        {
            // More sizes of a batch than are kept.
            foreach (var batchSize in new[] { 16, 5, 7, 16 })
            {
                using var scope = NewDisposeScope();
                path.Step(
                    model.Reader(SmallRuns.Data.Train).Slice(0, batchSize), Tensors.Normal(1, float32, batchSize, 3),
                    objective.FinalWeights, new TrainingClock(), optimizer, 1e-3);
            }
        }

        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    private static void AssertSameState(
        LatentVariableModel plain, FusedAdam reference, LatentVariableModel fused, FusedAdam optimizer)
    {
        foreach (var (expected, actual) in plain.named_parameters().Zip(fused.named_parameters()))
            AssertClose(expected.parameter, actual.parameter, expected.name);
        foreach (var (expected, actual) in reference.State.Zip(optimizer.State))
            AssertClose(expected.Value, actual.Value, expected.Name);
        Assert.All(fused.parameters(), parameter => Assert.Null(parameter.grad));
    }

    private static void AssertClose(Tensor expected, Tensor actual, string name) => Assert.True(
        (expected - actual).abs().max().to(float64).item<double>() <= 1e-9 * expected.abs().max().to(float64).item<double>(), name);

    private static LatentVariableModel Model(string activation, string likelihood, string? prior) => LatentVariableModel.Create(
        new ModelOptions
        {
            Shape = ValueShape.Vector(Values),
            LatentSize = Latent,
            Likelihood = likelihood,
            Prior = prior,
            Condition = prior is null ? null : Condition.Label(3),
            Network = new() { Hidden = [700, 25], Activation = activation, PriorHidden = prior == "mean" ? [9] : [] },
        },
        seed: 3);

    private static WeightedObjective Objective(LatentVariableModel model, int draws) =>
        new(new ObjectiveOptions { Samples = draws }, () => ModelTerms.Probe(model));

    private static (Batch Batch, Noise Noise) Examples(LatentVariableModel model, ScalarType type, int batchSize, int draws)
    {
        var labels = Enumerable.Range(0, batchSize).Select(i => (long)(i * i % 3)).ToArray();
        var features = model.Condition is null ? null : nn.functional.one_hot(tensor(labels), 3).to(type);
        long[] shape = draws == 1 ? [batchSize, Latent] : [draws, batchSize, Latent];
        return (new Batch(Tensors.Uniform(2, type, batchSize, Values), features), Tensors.Normal(5, type, shape));
    }

    private static (double Loss, Dictionary<string, Tensor> Gradients) Differentiate(
        IGradientPath path, GenerativeModel model, WeightedObjective objective, Batch batch, Noise noise)
    {
        foreach (var parameter in model.parameters())
            parameter.grad = null;
        var (_, loss) = path.Compute(batch, noise, objective.FinalWeights, new TrainingClock());
        var gradients = model.named_parameters().ToDictionary(named => named.name, named => named.parameter.grad!.clone());
        return (loss.to(float64).item<double>(), gradients);
    }
}
