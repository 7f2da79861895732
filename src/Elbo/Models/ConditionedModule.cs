using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A network of Elbo's or of a user's behind one call. A module with two inputs is given the condition's features as its second; one with a
/// single input is given them joined to the first, so that no condition is lost on the way.
/// </summary>
internal sealed class ConditionedModule
{
    private readonly Func<Tensor, Tensor?, DerivativeChain?, Tensor> _forward;
    private readonly long _outputs;

    /// <param name="module">The network.</param>
    /// <param name="outputs">How many numbers it must answer for each example.</param>
    /// <exception cref="ConfigurationException">The module has neither one nor two tensor inputs.</exception>
    public ConditionedModule(nn.Module module, long outputs)
    {
        Module = module;
        _outputs = outputs;
        _forward = module switch
        {
            Network network => network.Forward,
            nn.Module<Tensor, Tensor?, Tensor> conditioned => (input, features, chain) =>
                Differentiated(chain, input, leaf => conditioned.call(leaf, features)),
            nn.Module<Tensor, Tensor> plain => (input, features, chain) =>
                Differentiated(chain, input, leaf => plain.call(features is null ? leaf : cat([leaf, features], -1))),
            _ => throw new ConfigurationException(
                $"The module {module.GetType().Name} cannot serve as encoder or decoder: it must be a Module<Tensor, Tensor> or, to see the "
                + "condition apart, a Module<Tensor, Tensor, Tensor>."),
        };
    }

    public nn.Module Module { get; }

    public Tensor Forward(Tensor input, Tensor? features, DerivativeChain? chain)
    {
        var output = _forward(input, features, chain);
        // Checked here, in C#: some shape errors further on end the whole process instead of throwing.
        if (output.dim() != 2 || output.shape[0] != input.shape[0] || output.shape[1] != _outputs)
        {
            throw new ConfigurationException(
                $"The module {Module.GetType().Name} answered [{string.Join(", ", output.shape)}], but [{input.shape[0]}, {_outputs}] is needed.");
        }

        return output;
    }

    private static Tensor Differentiated(DerivativeChain? chain, Tensor input, Func<Tensor, Tensor> module) =>
        chain is null ? module(input) : chain.ByAutograd(input, module);
}
