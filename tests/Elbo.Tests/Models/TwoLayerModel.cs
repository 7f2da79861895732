using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// A model with two stochastic layers: p(z2) p(z1|z2) p(x|z1), with q(z1|x) q(z2|z1) inferred from below (a ladder of two steps, as in
/// Sønderby et al. 2016 without its sharing of parameters).
/// </summary>
internal sealed class TwoLayerModel : GenerativeModel
{
    public const int Lower = 4;
    public const int Upper = 2;

    private readonly Linear _toLower;
    private readonly Linear _toUpper;
    private readonly Linear _prior;
    private readonly Linear _decoder;

    public TwoLayerModel(ValueShape shape, ulong seed)
        : base(nameof(TwoLayerModel), shape, new BernoulliLikelihood(), null, new("z1", Lower), new("z2", Upper))
    {
        var noise = new WeightNoise(seed);
        _toLower = Linear(shape.Size, 2 * Lower, noise);
        _toUpper = Linear(Lower, 2 * Upper, noise);
        _prior = Linear(Upper, 2 * Lower, noise);
        _decoder = Linear(Lower, shape.Size, noise);
        RegisterComponents();
    }

    public override ForwardPass Infer(Tensor x, Tensor? features, Noise noise)
    {
        var lower = LogVarianceBound.Gaussian(_toLower.forward(x));
        var z1 = lower.Sample(noise[0]);
        var upper = LogVarianceBound.Gaussian(_toUpper.forward(z1));
        var z2 = upper.Sample(noise[1]);
        return new ForwardPass(
            _decoder.forward(z1),
            [
                new LatentVariable("z1", lower, LogVarianceBound.Gaussian(_prior.forward(z2)), noise[0], z1)
                {
                    PriorDependsOnSample = true,
                },
                new LatentVariable("z2", upper, Standard(x), noise[1], z2),
            ]);
    }

    public override Tensor Generate(Tensor? features, Noise noise)
    {
        var z2 = Standard(noise[1]).Sample(noise[1]);
        return _decoder.forward(LogVarianceBound.Gaussian(_prior.forward(z2)).Sample(noise[0]));
    }

    private static DiagonalGaussian Standard(Tensor like) => new(zeros(1, Upper, like.dtype, like.device));

    private static Linear Linear(int inputs, int outputs, WeightNoise noise)
    {
        var layer = nn.Linear(inputs, outputs);
        using var _ = no_grad();
        using var weight = (noise.Uniform(outputs, inputs) * Number(2) - One) / Number(Math.Sqrt(inputs));
        layer.weight!.copy_(weight);
        layer.bias!.zero_();
        return layer;
    }
}
