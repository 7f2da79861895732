using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>A fully connected layer: <c>[..., inputs]</c> to <c>[..., outputs]</c>.</summary>
internal sealed class Dense : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public Dense(long inputs, long outputs, WeightNoise noise)
        : base(nameof(Dense))
    {
        _weight = Initialization.Uniform([outputs, inputs], inputs, noise);
        _bias = Initialization.Uniform([outputs], inputs, noise);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    /// <summary><c>[outputs, inputs]</c>.</summary>
    public Parameter Weight => _weight;

    /// <summary><c>[outputs]</c>.</summary>
    public Parameter Bias => _bias;

    public override Tensor forward(Tensor input) => nn.functional.linear(input, _weight, _bias);
}
