using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A free choice among 256 levels for each value: log p(level k) = l_k - log Σ_j exp l_j, with the decoder's logits l one plane per level
/// (van den Oord, Kalchbrenner and Kavukcuoglu 2016). It has no notion of neighbouring levels, and needs 256 parameters per value: channels
/// of the last layer of a convolutional decoder; the last matrix of a perceptron is 256 times as large.
/// </summary>
public sealed class CategoricalLikelihood() : Likelihood(nameof(CategoricalLikelihood))
{
    /// <inheritdoc/>
    public override int ParametersPerValue => GreyLevels.Count;

    /// <inheritdoc/>
    public override int? Levels => GreyLevels.Count;

    /// <inheritdoc/>
    public override (double Min, double Max)? Support => (0, 1);

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
        var values = arange(Number(0), Number(GreyLevels.Count), One, mass.dtype, mass.device) / Number(GreyLevels.Max);
        return values.matmul(mass).clamp(Number(0), One);
    }

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        ArgumentNullException.ThrowIfNull(uniform);
        // The first level at which the distribution function exceeds a uniform draw, up to its own end, which rounding leaves near 1.
        var cumulative = Planes(output).softmax(-2).cumsum(-2);
        var end = cumulative.narrow(-2, GreyLevels.Max, 1);
        var level = cumulative.le(uniform.unsqueeze(-2) * end).sum(-2).clamp(Number(0), Number(GreyLevels.Max));
        return level.to(end.dtype) / Number(GreyLevels.Max);
    }

    /// <inheritdoc/>
    public override GraphValue DescribeMean(GraphValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        float[] values = [.. Enumerable.Range(0, GreyLevels.Count).Select(level => (float)level / GreyLevels.Max)];
        return (MassPlanes(output).Softmax(-2) * output.Graph.Constant(values, GreyLevels.Count, 1)).Sum(-2).Clip(0, 1);
    }

    /// <inheritdoc/>
    public override GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        var level = GreyLevels.Of(x).To(GraphType.Int64).Reshape(-1, 1, x.Width);
        return MassPlanes(output).LogSoftmax(-2).At(level).Reshape(-1, x.Width);
    }

    private static GraphValue MassPlanes(GraphValue output) => output.Reshape(-1, GreyLevels.Count, output.Width / GreyLevels.Count);

    private Tensor LogMass(Tensor output) => Planes(output).log_softmax(-2);

    private static Tensor LevelAsIndex(Tensor logMass, Tensor x)
    {
        var shape = logMass.shape;
        return GreyLevels.Of(x).to(int64).unsqueeze(-2).expand([.. shape[..^2], 1, shape[^1]]);
    }
}
