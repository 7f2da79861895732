using Mono.Cecil;
using Mono.Cecil.Cil;
using TorchSharp;

namespace Elbo.Tests;

/// <summary>
/// Every tensor that the library makes is made on the device of what it is used with, which only a GPU would show. Read from what was
/// compiled: each call of a function of TorchSharp that makes a tensor names a device, except where a tensor is of the processor on
/// purpose.
/// </summary>
public class TensorDeviceTests
{
    // Host memory, which is copied to the model's device, or into which a file is read; and weights, which move with their model.
    private static readonly string[] OfTheProcessor =
    [
        "NoiseTensors", "BatchReader", "TensorEntries", "GenerativeModel::ToTensor", "MixturePrior::.ctor", "StandardPrior::.ctor",
        "GaussianLikelihood",
        // Computed on the processor whatever the model's device is: means that were read, the vector kernels, what is tried of libtorch.
        "SplitTerms", "LabelClassifier", "BernoulliSum", "ConvolutionProducts",
    ];

    [Fact]
    public void Every_tensor_is_made_on_a_device_that_is_named()
    {
        var made = Methods(typeof(Run).Assembly.Location)
            .Where(method => !OfTheProcessor.Any(place => method.FullName.Contains(place, StringComparison.Ordinal)))
            .SelectMany(CallsWithoutDevice)
            .ToList();

        Assert.True(made.Count == 0, string.Join(Environment.NewLine, made));
    }

    [Fact]
    public void Each_exception_is_one()
    {
        var methods = Methods(typeof(Run).Assembly.Location).ToList();

        Assert.All(OfTheProcessor, place => Assert.Contains(
            methods,
            method => method.FullName.Contains(place, StringComparison.Ordinal) && CallsWithoutDevice(method).Any()));
    }

    [Fact]
    public void Such_a_call_would_be_found()
    {
        var left = Methods(typeof(TensorDeviceTests).Assembly.Location)
            .Single(method => method.Name == nameof(LeftOnTheProcessor) && method.DeclaringType.Name == nameof(TensorDeviceTests));

        Assert.Equal(2, CallsWithoutDevice(left).Count());
    }

    private static torch.Tensor LeftOnTheProcessor(torch.Tensor of) =>
        torch.cat([torch.zeros(2, torch.float32), torch.full(2, One, of.dtype, of.device), torch.tensor(new[] { 1f, 2 })]);

    private static IEnumerable<string> CallsWithoutDevice(MethodDefinition method) =>
        (method.Body?.Instructions ?? [])
            .Where(instruction => instruction.Operand is MethodReference { DeclaringType.FullName: "TorchSharp.torch" } called
                && !called.Name.EndsWith("_like", StringComparison.Ordinal)
                && !NamesDevice(instruction, called))
            .Select(instruction => $"{method.FullName} calls {((MethodReference)instruction.Operand).Name} without a device.");

    // The arguments are pushed in order, and those after the device are constants: no gradient, and no names.
    private static bool NamesDevice(Instruction call, MethodReference called)
    {
        var device = called.Parameters.ToList().FindIndex(parameter => parameter.ParameterType.FullName == "TorchSharp.torch/Device");
        if (device < 0)
            return true;
        var pushed = call.Previous;
        for (var argument = called.Parameters.Count - 1; argument > device; argument--)
            pushed = pushed.Previous;
        return pushed.OpCode != OpCodes.Ldnull;
    }

    private static IEnumerable<MethodDefinition> Methods(string assembly) =>
        ModuleDefinition.ReadModule(assembly).GetTypes().SelectMany(type => type.Methods);
}
