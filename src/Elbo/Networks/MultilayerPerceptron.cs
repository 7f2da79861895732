using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Fully connected layers with an activation between them. The condition's features, where there are any, are joined to the input.
/// </summary>
internal sealed class MultilayerPerceptron : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Dense[] _layers;
    private readonly Func<Tensor, Tensor> _activation;

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

    public override Tensor forward(Tensor input, Tensor? features)
    {
        var hidden = features is null ? input : cat([input, features], -1);
        for (var i = 0; i < _layers.Length - 1; i++)
            hidden = _activation(_layers[i].forward(hidden));
        return _layers[^1].forward(hidden);
    }
}
