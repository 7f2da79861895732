using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The chain rule along a sequence of layers whose derivatives are written out. On the way forward, without autograd, every layer adds how a
/// gradient goes back through it; <see cref="Back"/> goes that way once. A layer that has no derivative of its own is differentiated by
/// autograd (<see cref="ByAutograd"/>), so that a user's modules take part like any other.
/// </summary>
/// <param name="workspace">Where layers take memory for what they answer, on the way forward and back.</param>
/// <param name="gradients">Where the gradients of parameters go.</param>
/// <param name="toInput">Whether the gradient of what enters the first layer is wanted as well.</param>
internal sealed class DerivativeChain(Workspace workspace, ParameterGradients gradients, bool toInput)
{
    private readonly List<Func<Tensor, Tensor?>> _links = [];

    public Workspace Workspace => workspace;

    public ParameterGradients Gradients => gradients;

    /// <summary>Whether the layer that is added next must pass on a gradient, or is the first and nobody asks.</summary>
    public bool NextPassesOn => toInput || _links.Count > 0;

    /// <summary>Whether no layer has been added: then there is nothing that a gradient could change.</summary>
    public bool IsEmpty => _links.Count == 0;

    /// <summary>A chain beside this one, for layers whose input nobody asks the gradient of.</summary>
    public DerivativeChain Aside() => new(workspace, gradients, toInput: false);

    /// <summary>Adds a layer: a function from the gradient of its output to that of its input (null where that is not wanted).</summary>
    public void Add(Func<Tensor, Tensor?> back) => _links.Add(back);

    /// <summary>Adds a layer that autograd differentiates, and answers its output. It can be gone back through once.</summary>
    public Tensor ByAutograd(Tensor input, Func<Tensor, Tensor> layer)
    {
        using var gradientMode = enable_grad();
        var leaf = input.detach().requires_grad_(NextPassesOn);
        var output = layer(leaf);
        Add(gradient =>
        {
            if (output.requires_grad)
                output.backward([gradient.expand_as(output)]);
            return leaf.grad;
        });
        // A copy: the next layer may overwrite what it is given, and autograd still needs what it made.
        return output.detach().clone();
    }

    /// <summary>Takes the gradient of the last layer's output back to the first, leaving those of all parameters on the way.</summary>
    public Tensor? Back(Tensor gradient)
    {
        var current = gradient;
        for (var i = _links.Count - 1; i >= 0; i--)
        {
            if (_links[i](current) is not { } next)
                return null;
            current = next;
        }

        return current;
    }
}
