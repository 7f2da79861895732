using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>A layer with a weight and a bias, both initially uniform within ±1/sqrt(fan in).</summary>
public abstract class AffineLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    private protected AffineLayer(string name, long[] weightShape, long outputs, long fanIn, WeightNoise noise)
        : base(name)
    {
        _weight = Initialization.Uniform(weightShape, fanIn, noise);
        _bias = Initialization.Uniform([outputs], fanIn, noise);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    /// <summary>The weight.</summary>
    public Parameter Weight => _weight;

    /// <summary>The bias, <c>[outputs]</c>.</summary>
    public Parameter Bias => _bias;
}
