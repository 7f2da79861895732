using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Fully connected layers with an activation between them. The condition's features, where there are any, are joined to the input.
/// </summary>
internal sealed class MultilayerPerceptron : Network
{
    private readonly Dense[] _layers;
    private readonly Activation _activation;

    public MultilayerPerceptron(
        int inputs, int features, IReadOnlyList<int> widths, int outputs, string activation, Generator generator)
        : base(nameof(MultilayerPerceptron))
    {
        _activation = Activations.Find(activation);
        int[] sizes = [inputs + features, .. widths, outputs];
        _layers = new Dense[sizes.Length - 1];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new Dense(sizes[i], sizes[i + 1], generator);
            register_module($"dense{i}", _layers[i]);
        }
    }

    public override Tensor Forward(Tensor input, Tensor? features, DerivativeChain? chain)
    {
        var hidden = input;
        if (features is not null)
        {
            hidden = Join(input, features, chain?.Workspace);
            if (chain is { NextPassesOn: true })
                chain.Add(gradient => gradient.narrow(-1, 0, input.shape[^1]));
        }

        for (var i = 0; i < _layers.Length - 1; i++)
            hidden = _activation.Forward(_layers[i].Forward(hidden, chain, fromHidden: i > 0, toHidden: true), chain);
        return _layers[^1].Forward(hidden, chain, fromHidden: _layers.Length > 1);
    }

    private static Tensor Join(Tensor input, Tensor features, Workspace? workspace)
    {
        if (workspace is null)
            return cat([input, features], -1);
        var (inputs, joined) = (input.shape[1], features.shape[1]);
        var both = workspace.Take(input, input.shape[0], inputs + joined);
        both.narrow(1, 0, inputs).copy_(input);
        both.narrow(1, inputs, joined).copy_(features);
        return both;
    }
}
