using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// What every model of the family must keep on a GPU: the numbers of the processor, whose gradients are tested by differences.
/// </summary>
public class CudaContractTests
{
    private const ulong Seed = 3;

    public static TheoryData<string> Names => cuda_is_available() ? [.. ModelVariants.Names] : ["all"];

    public static TheoryData<string> NamesOfWrittenOut => cuda_is_available() ? [.. ModelVariants.Names.Where(IsWrittenOut)] : ["all"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Terms_and_gradients_are_those_of_the_processor(string name)
    {
        RequireGpu();
        using var scope = NewDisposeScope();

        AssertNear(Step(name, CPU, float64, Autograd), Step(name, CUDA, float64, Autograd), 1e-9);
    }

    [Theory]
    [MemberData(nameof(NamesOfWrittenOut))]
    public void Gradients_without_autograd_are_those_of_autograd_on_the_processor(string name)
    {
        RequireGpu();
        using var scope = NewDisposeScope();
        var expected = Step(name, CPU, float64, Autograd);

        AssertNear(expected, Step(name, CUDA, float64, DevicePath.TryCreate), 1e-9);
        AssertNear(expected, Step(name, CUDA, float32, DevicePath.TryCreate), 1e-4);
    }

    [Theory]
    [MemberData(nameof(NamesOfWrittenOut))]
    public void A_weight_that_is_not_a_number_makes_the_loss_none(string name)
    {
        RequireGpu();
        using var scope = NewDisposeScope();

        var found = Step(name, CUDA, float32, DevicePath.TryCreate, model =>
        {
            using var _ = no_grad();
            model.parameters().First()[0] = float.NaN;
        });

        Assert.True(double.IsNaN(found["the loss"].item<float>()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_of_training_are_those_of_the_processor(string name)
    {
        RequireGpu();
        using var scope = NewDisposeScope();

        var expected = Steps(name, CPU);
        var actual = Steps(name, CUDA);

        Assert.All(expected.Zip(actual), losses => Assert.Equal(losses.First, losses.Second, Math.Abs(losses.First) * 1e-3 + 1e-3));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_model_is_used_for_gives_the_numbers_of_the_processor(string name)
    {
        RequireGpu();
        using var onCpu = ModelVariants.Create(name).Model;
        using var onGpu = ModelVariants.Create(name).Model;
        onGpu.to(CUDA);
        var live = LiveTensors.OfThisThread;
        var data = ModelVariants.Conditions(onCpu.Shape);

        if (onCpu.InfersCode)
            AssertSame(model => model.Encode(data, seed: Seed).Values.ToArray());
        AssertSame(model => model.Reconstruct(data, seed: Seed).Values.ToArray());
        AssertSame(model => [.. model.Score(data, seed: Seed).Select(score => (float)score.ToAnomalyScore())]);
        AssertSame(model => (model.Condition is null or LabelCondition
            ? model.Sample(5, seed: Seed)
            : model.Sample(5, data, Seed)).Values.ToArray());
        Assert.Equal(live, LiveTensors.OfThisThread);

        void AssertSame(Func<LatentVariableModel, float[]> use)
        {
            var (expected, actual) = (use(onCpu), use(onGpu));
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), values => Assert.Equal(values.First, values.Second, Math.Abs(values.First) * 1e-3f + 1e-3f));
        }
    }

    private static void RequireGpu() =>
        Assert.SkipUnless(cuda_is_available(), "There is no CUDA device here, or the libtorch in use is for the CPU.");

    private static bool IsWrittenOut(string name)
    {
        var (model, options) = ModelVariants.Create(name);
        using var owned = model;
        using var path = DevicePath.TryCreate(model, new WeightedObjective(options, () => ModelTerms.Probe(model)));
        return path is not null;
    }

    private static AutogradPath Autograd(GenerativeModel model, WeightedObjective objective) => new(model, objective);

    // The gradients, the loss and its terms by their names.
    private static Dictionary<string, Tensor> Step(
        string name,
        Device device,
        ScalarType type,
        Func<GenerativeModel, WeightedObjective, IGradientPath?> create,
        Action<GenerativeModel>? change = null)
    {
        var (model, options) = ModelVariants.Create(name);
        using var owned = model;
        change?.Invoke(model);
        model.to(device).to(type);
        var objective = new WeightedObjective(options, () => ModelTerms.Probe(model));
        var read = model.Reader(ModelVariants.Conditions(model.Shape)).Gather([2, 0, 1], epoch: 1);
        var batch = read with
        {
            Values = read.Values.to(type),
            Features = read.Features?.to(type),
            Target = read.Target?.to(type),
        };
        var noise = model.TrainingNoise(batch, options.Samples, Seed, epoch: 1);
        using var path = create(model, objective)!;
        var (terms, loss) = path.Compute(batch, noise, objective.FinalWeights, new TrainingClock());
        var found = model.named_parameters().Where(named => named.parameter.grad is not null)
            .ToDictionary(named => named.name, named => named.parameter.grad!.cpu());
        found.Add("the loss", loss.cpu());
        found.Add("the reconstruction", terms.Reconstruction.detach().cpu());
        foreach (var kl in terms.KlTerms)
            found.Add($"the KL of {kl.Name}", kl.Values.detach().cpu());
        return found;
    }

    // The reconstruction of each of ten steps of Adam.
    private static double[] Steps(string name, Device device)
    {
        var (model, options) = ModelVariants.Create(name);
        using var owned = model;
        model.to(device);
        using var minimizer = new Minimizer(model, options);
        var reader = model.Reader(ModelVariants.Conditions(model.Shape));
        return
        [
            .. Enumerable.Range(0, 10).Select(step =>
            {
                using var scope = NewDisposeScope();
                var batch = reader.Gather([2, 0, 1], step);
                var (_, loss) = minimizer.Step(batch, model.TrainingNoise(batch, options.Samples, Seed, step), step, 1e-3);
                return (double)loss.item<float>();
            }),
        ];
    }

    private static void AssertNear(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> actual, double tolerance)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, named =>
        {
            var difference = (named.Value - actual[named.Key]).norm().item<double>();
            Assert.True(difference <= tolerance * (1 + named.Value.norm().item<double>()), $"{named.Key} differs by {difference:R}.");
        });
    }
}
