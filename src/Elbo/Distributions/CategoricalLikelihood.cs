using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A free choice among 256 levels for each value: log p(level k) = l_k - log Σ_j exp l_j, with the decoder's logits l one plane per level
/// (van den Oord, Kalchbrenner and Kavukcuoglu 2016). It knows nothing of neighbouring levels but what it learns, and asks for 256 numbers
/// per value: a convolutional decoder holds them in the channels of its last layer, a perceptron's last matrix grows 256 times.
/// </summary>
public sealed class CategoricalLikelihood() : Likelihood(nameof(CategoricalLikelihood))
{
    /// <inheritdoc/>
    public override int ParametersPerValue => GreyLevels.Count;

    /// <inheritdoc/>
    public override int? Levels => GreyLevels.Count;

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var logMass = LogMass(output);
        return logMass.gather(-2, LevelAsIndex(logMass, x)).squeeze(-2);
    }

    /// <summary>E[x] = Σ_k p_k · k / 255.</summary>
    /// <inheritdoc/>
    public override Tensor Mean(Tensor output)
    {
        var mass = Planes(output).softmax(-2);
        var values = arange(Number(0), Number(GreyLevels.Count), One, mass.dtype, mass.device) / Number(GreyLevels.Highest);
        return values.matmul(mass).clamp(Number(0), One);
    }

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        ArgumentNullException.ThrowIfNull(uniform);
        // The first level at which the distribution function exceeds a uniform draw, up to its own end, which rounding leaves near 1.
        var cumulative = Planes(output).softmax(-2).cumsum(-2);
        var end = cumulative.narrow(-2, GreyLevels.Highest, 1);
        return cumulative.le(uniform.unsqueeze(-2) * end).sum(-2).clamp(Number(0), Number(GreyLevels.Highest)).to(end.dtype) / Number(GreyLevels.Highest);
    }

    private Tensor LogMass(Tensor output) => Planes(output).log_softmax(-2);

    private static Tensor LevelAsIndex(Tensor logMass, Tensor x)
    {
        var shape = logMass.shape;
        return GreyLevels.Of(x).to(int64).unsqueeze(-2).expand([.. shape[..^2], 1, shape[^1]]);
    }
}
