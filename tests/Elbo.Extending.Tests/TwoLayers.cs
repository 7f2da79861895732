using static TorchSharp.torch;

namespace Extending;

// begin
/// <summary>Two stochastic layers, p(z2) p(z1|z2) p(x|z1), inferred from below: q(z1|x) q(z2|z1).</summary>
internal sealed class TwoLayers : GenerativeModel
{
    private readonly Dense _toLower, _toUpper, _lowerPrior, _decoder;
    private readonly StandardPrior _upperPrior = new(2);

    public TwoLayers(ValueShape shape, ulong seed)
        : base(nameof(TwoLayers), shape, new ContinuousBernoulliLikelihood(), null, new LatentGroup("z1", 4), new LatentGroup("z2", 2))
    {
        var noise = new WeightNoise(seed);
        (_toLower, _toUpper) = (new(shape.Size, 2 * 4, noise), new(4, 2 * 2, noise));
        (_lowerPrior, _decoder) = (new(2, 2 * 4, noise), new(4, Likelihood.OutputSize(shape), noise));
        RegisterComponents();
    }

    public override ForwardPass Infer(Tensor x, Tensor? features, Noise noise)
    {
        var q1 = Gaussian(_toLower, x);
        var z1 = q1.Sample(noise[0]);
        var q2 = Gaussian(_toUpper, z1);
        var z2 = q2.Sample(noise[1]);
        var lower = new LatentVariable("z1", q1, Gaussian(_lowerPrior, z2), noise[0], z1) { PriorDependsOnSample = true };
        return new ForwardPass(_decoder.forward(z1), [lower, new LatentVariable("z2", q2, _upperPrior.At(features), noise[1], z2)]);
    }

    public override Tensor Generate(Tensor? features, Noise noise) =>
        _decoder.forward(Gaussian(_lowerPrior, _upperPrior.At(features).Sample(noise[1])).Sample(noise[0]));

    private static DiagonalGaussian Gaussian(Dense layer, Tensor input) => LogVarianceBound.Gaussian(layer.forward(input));
}
// end
