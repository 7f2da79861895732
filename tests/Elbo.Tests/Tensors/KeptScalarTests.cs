using Mono.Cecil;
using TorchSharp;

namespace Elbo.Tests;

/// <summary>
/// Every number passed to libtorch is kept alive until it is read (docs/decisions/0008). Read from what was compiled: all that makes a
/// scalar inside TorchSharp, by whatever way, and every call of it from the assemblies beside these tests. What is called through an
/// interface is not seen.
/// </summary>
public class KeptScalarTests
{
    // What a test makes on purpose, to see that it is found.
    private const string OnPurpose = "Unkept";

    // The two that keep what they make, or refuse what they would have to make.
    private static readonly string[] Exempt = ["Elbo.Scalars", "Elbo.CompiledScript"];

    private static readonly HashSet<string> Makers = MakersOfScalars();

    [Fact]
    public void Every_number_of_a_formula_is_kept_until_libtorch_has_read_it()
    {
        var assemblies = Directory.GetFiles(AppContext.BaseDirectory, "Elbo*.dll").Select(ModuleDefinition.ReadModule).ToList();
        var calls = assemblies.SelectMany(Methods)
            .Where(method => method.Name != OnPurpose)
            .Where(method => !Exempt.Any(type => method.FullName.Contains($" {type}::", StringComparison.Ordinal)))
            .SelectMany(CallsOfMakers)
            .ToList();

        Assert.True(calls.Count == 0, string.Join(Environment.NewLine, calls));
    }

    [Fact]
    public void Such_a_call_would_be_found()
    {
        var unkept = Methods(ModuleDefinition.ReadModule(typeof(KeptScalarTests).Assembly.Location))
            .Single(method => method.Name == OnPurpose && method.DeclaringType.Name == nameof(KeptScalarTests));

        Assert.Equal(2, CallsOfMakers(unkept).Count());
    }

    private static torch.Tensor Unkept(torch.Tensor left, torch.Tensor right) => left * 0.5 + right;

    private static IEnumerable<string> CallsOfMakers(MethodDefinition method) =>
        Calls(method).Where(Makers.Contains).Select(called => $"{method.FullName} calls {called}");

    private static HashSet<string> MakersOfScalars()
    {
        var calls = Methods(ModuleDefinition.ReadModule(typeof(Scalar).Assembly.Location))
            .SelectMany(method => Calls(method).Distinct().Select(called => (Caller: method.FullName, Called: called)))
            .ToLookup(call => call.Called, call => call.Caller);
        HashSet<string> makers = [];
        Queue<string> open = new(calls.Select(group => group.Key)
            .Where(name => name.Contains(" TorchSharp.Scalar::.ctor", StringComparison.Ordinal)));
        while (open.TryDequeue(out var maker))
        {
            foreach (var caller in calls[maker].Where(makers.Add))
                open.Enqueue(caller);
        }

        return makers;
    }

    private static IEnumerable<string> Calls(MethodDefinition method) =>
        method.Body?.Instructions.Select(instruction => instruction.Operand)
            .OfType<MethodReference>().Select(called => called.FullName) ?? [];

    private static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) => module.GetTypes().SelectMany(type => type.Methods);
}
