using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A common interface to networks of Elbo and of users. A module with two inputs gets the condition's features as its second; one with a
/// single input gets them concatenated to the first, so that no condition is lost.
/// </summary>
public sealed class ConditionedModule
{
    private readonly Func<Tensor, Tensor?, Tensor> _forward;
    private readonly long _outputs;

    /// <summary>Wraps a network.</summary>
    /// <param name="module">The network.</param>
    /// <param name="outputs">How many numbers it must output for each example.</param>
    /// <exception cref="SettingsException">The module has neither one nor two tensor inputs.</exception>
    public ConditionedModule(nn.Module module, long outputs)
    {
        Module = module;
        _outputs = outputs;
        _forward = module switch
        {
            nn.Module<Tensor, Tensor?, Tensor> conditioned => conditioned.call,
            nn.Module<Tensor, Tensor> plain => (input, features) => plain.call(features is null ? input : cat([input, features], -1)),
            _ => throw new SettingsException(
                $"The module {module.GetType().Name} cannot serve as encoder or decoder: it must be a Module<Tensor, Tensor> or, to get "
                + "the condition separately, a Module<Tensor, Tensor, Tensor>."),
        };
    }

    /// <summary>The network.</summary>
    public nn.Module Module { get; }

    /// <summary>Calls the network and checks the shape of its output.</summary>
    /// <param name="input">What it transforms, <c>[batch, inputs]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The output, <c>[batch, outputs]</c>.</returns>
    /// <exception cref="SettingsException">The output has another shape.</exception>
    public Tensor Forward(Tensor input, Tensor? features)
    {
        var output = _forward(input, features);
        // Checked here, because some shape errors inside libtorch end the process instead of throwing.
        if (output.dim() != 2 || output.shape[0] != input.shape[0] || output.shape[1] != _outputs)
        {
            throw new SettingsException(
                $"The module {Module.GetType().Name} returned [{string.Join(", ", output.shape)}], but [{input.shape[0]}, {_outputs}] is "
                + "needed.");
        }

        return output;
    }

    /// <summary>Adds the network to a computation graph.</summary>
    /// <param name="input">What it transforms, <c>[batch, inputs]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The output, <c>[batch, outputs]</c>.</returns>
    /// <exception cref="SettingsException">
    /// The module is not an <see cref="IGraphModule"/>, or describes outputs of another number.
    /// </exception>
    public GraphValue Describe(GraphValue input, GraphValue? features)
    {
        if (Module is not IGraphModule module)
        {
            throw new SettingsException(
                $"The module {Module.GetType().Name} cannot be exported, because it does not describe its operations: implement "
                + "IGraphModule.");
        }

        var output = module.Describe(input, features);
        return output.Shape is [_, var columns] && columns == _outputs ? output : throw new SettingsException(
            $"The module {Module.GetType().Name} describes an output {output}, but [batch, {_outputs}] is needed.");
    }
}
