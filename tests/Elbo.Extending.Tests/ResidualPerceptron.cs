using static TorchSharp.torch;

namespace Extending;

// begin
/// <summary>Fully connected layers of one width, each of which adds to its input (He et al. 2016): h + f(W h + b).</summary>
internal sealed class ResidualPerceptron : Network, IGraphModule
{
    private readonly Dense[] _layers;
    private readonly string _activation;

    public ResidualPerceptron(int inputs, int outputs, NetworkOptions options, WeightNoise noise)
        : base(nameof(ResidualPerceptron))
    {
        if (options.Hidden.Distinct().Count() != 1)
            throw new SettingsException("Layers that add to their input have one width: give the network equal Hidden widths.");
        _activation = options.Activation;
        int[] sizes = [inputs, options.Hidden[0], .. options.Hidden, outputs];
        _layers = [.. sizes.Zip(sizes[1..], (from, to) => new Dense(from, to, noise))];
        for (var i = 0; i < _layers.Length; i++)
            register_module($"dense{i}", _layers[i]);
    }

    public override Tensor forward(Tensor input, Tensor? features)
    {
        var hidden = _layers[0].forward(features is null ? input : cat([input, features], -1));
        foreach (var layer in _layers[1..^1])
            hidden = hidden.Plus(Activations.FunctionOf(_activation)(layer.forward(hidden)));
        return _layers[^1].forward(hidden);
    }

    public GraphValue Describe(GraphValue input, GraphValue? features) => _layers[^1].Describe(_layers[1..^1].Aggregate(
        _layers[0].Describe(input.Beside(features)),
        (hidden, layer) => hidden + Activations.Describe(_activation, layer.Describe(hidden))));
}
// end
