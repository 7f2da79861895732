using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Fully connected layers with an activation between them. The condition's features, where there are any, are concatenated to the input.
/// </summary>
internal sealed class MultilayerPerceptron : Network, IGraphModule
{
    private readonly Dense[] _layers;

    public MultilayerPerceptron(int inputs, int features, IReadOnlyList<int> widths, int outputs, string activation, WeightNoise noise)
        : base(nameof(MultilayerPerceptron))
    {
        Activation = Activations.Find(activation);
        long[] sizes = [(long)inputs + features, .. widths.Select(width => (long)width), outputs];
        _layers = new Dense[sizes.Length - 1];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new Dense(sizes[i], sizes[i + 1], noise);
            register_module($"dense{i}", _layers[i]);
        }
    }

    public IReadOnlyList<Dense> Layers => _layers;

    public Activation Activation { get; }

    public override Tensor forward(Tensor input, Tensor? features)
    {
        var hidden = features is null ? input : cat([input, features], -1);
        foreach (var layer in _layers[..^1])
            hidden = Activation.Function(layer.forward(hidden));
        return _layers[^1].forward(hidden);
    }

    public GraphValue Describe(GraphValue input, GraphValue? features)
    {
        var hidden = input.Beside(features);
        foreach (var layer in _layers[..^1])
            hidden = Activation.Describe(layer.Describe(hidden));
        return _layers[^1].Describe(hidden);
    }
}
