using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The continuous Bernoulli of Loaiza-Ganem and Cunningham (2019), a density on 0..1 for grey pixels: log p(x|l) = x · l - log(1 + exp l)
/// + log C, with l the decoder's logit. With their C written out, log C = log(l / tanh(l / 2)), this is x · l - log Z, where Z = ∫ exp(l
/// · t) dt over 0..1 = (exp l - 1) / l. A density may exceed one, so -log p may be negative.
/// </summary>
public sealed class ContinuousBernoulliLikelihood() : Likelihood(nameof(ContinuousBernoulliLikelihood))
{
    // Below this |l|, log Z and the mean are computed by their Taylor series to avoid 0 / 0. The first omitted term is below 2e-14.
    private const double SeriesBelow = 0.5;

    // log(sinh h / h) = h² · Σ_k c_k h^2k, and its derivative coth h - 1 / h = h · Σ_k d_k h^2k.
    private static readonly double[] LogarithmSeries = [1.0 / 6, -1.0 / 180, 1.0 / 2835, -1.0 / 37800, 1.0 / 467775];
    private static readonly double[] MeanSeries = [1.0 / 3, -1.0 / 45, 2.0 / 945, -1.0 / 4725, 2.0 / 93555, -1382.0 / 638512875];

    // A uniform draw is off by less than this at logits that the inverse of the distribution function cannot divide by.
    private const double MinDistance = 1e-6;

    /// <inheritdoc/>
    public override (double Min, double Max)? Support => (0, 1);

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        // log Z = max(l, 0) + log((1 - exp -|l|) / |l|), or near 0 l / 2 + log(sinh(l / 2) / (l / 2)). The first part of either is taken
        // off x before it is multiplied: the difference of two large products would have no digits left.
        var (near, distance) = Distance(output);
        var start = where(near, full_like(output, Number(0.5)), output.gt(Number(0)).to(output.dtype));
        var far = ((-distance).expm1() / -distance).log();
        var squared = (where(near, output, zeros_like(output)) * Number(0.5)).Squared();
        return (x - start) * output - where(near, squared * squared.Polynomial(LogarithmSeries), far);
    }

    /// <summary>E[x] = 1 / (1 - exp -l) - 1 / l: not the logistic function of l, and nearer to ½ than that.</summary>
    /// <inheritdoc/>
    public override Tensor Mean(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var (near, distance) = Distance(output);
        // The mean at -|l|, which is the distance from the nearer end; 1 / (exp |l| - 1) would overflow.
        var fromEnd = distance.reciprocal().Plus((-distance).exp() / (-distance).expm1());
        var far = where(output.gt(Number(0)), One.Minus(fromEnd), fromEnd);
        var half = output * Number(0.5);
        var series = (half * half.Squared().Polynomial(MeanSeries) * Number(0.5)).Plus(0.5);
        return where(near, series, far);
    }

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(uniform);
        // The inverse of F(t) = (exp(l · t) - 1) / (exp l - 1) for l below 0; above, the mirror image.
        var distance = output.abs().clamp_min(Number(MinDistance));
        var fromEnd = (uniform * (-distance).expm1()).log1p() / -distance;
        return where(output.gt(Number(0)), One.Minus(fromEnd), fromEnd).clamp(Number(0), One);
    }

    /// <inheritdoc/>
    public override GraphValue DescribeMean(GraphValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var (far, distance) = DescribeDistance(output);
        var decay = (-distance).Exp();
        var fromEnd = 1 / distance - decay / (1 - decay);
        var half = far.Select(distance * 0, output * 0.5);
        var series = half * half.Squared().Polynomial(MeanSeries) * 0.5 + 0.5;
        return far.Select(output.IsAbove(0).Select(1 - fromEnd, fromEnd), series);
    }

    /// <inheritdoc/>
    public override GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        var (far, distance) = DescribeDistance(output);
        var start = far.Select(output.IsAbove(0).To(GraphType.Float), output * 0 + 0.5);
        var squared = far.Select(distance * 0, output * 0.5).Squared();
        var near = squared * squared.Polynomial(LogarithmSeries);
        return (x - start) * output - far.Select(((1 - (-distance).Exp()) / distance).Log(), near);
    }

    // Whether the series is not needed, and |l|, replaced by 1 where it is.
    private static (GraphValue Far, GraphValue Distance) DescribeDistance(GraphValue logit)
    {
        var distance = logit.Abs();
        var far = distance.IsAbove(SeriesBelow);
        return (far, far.Select(distance, distance * 0 + 1));
    }

    // |l|, replaced by 1 where the series is used: an infinite gradient of the unused branch would turn the result into NaN.
    private static (Tensor Near, Tensor Distance) Distance(Tensor logit)
    {
        var distance = logit.abs();
        var near = distance.lt(Number(SeriesBelow));
        return (near, where(near, ones_like(logit), distance));
    }
}
