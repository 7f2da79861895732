using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A logistic distribution cut into 256 levels (Salimans et al. 2017, PixelCNN++, with one component): the mass of level k is F(k + ½) -
/// F(k - ½), where F(t) = sigmoid((t / 255 - location) / scale), and the two levels at the ends take the tails. The decoder outputs
/// location - ½ in the first plane, unbounded because an end level becomes certain only for a location beyond 0..1, and in the second the
/// raw value of scale = 1/2048 + softplus(raw), an eighth of a level.
/// </summary>
public sealed class DiscretizedLogisticLikelihood() : Likelihood(nameof(DiscretizedLogisticLikelihood))
{
    private const double MinScale = 1.0 / 2048;

    /// <inheritdoc/>
    public override int ParametersPerValue => 2;

    /// <inheritdoc/>
    public override int? Levels => GreyLevels.Count;

    /// <inheritdoc/>
    public override (double Min, double Max)? Support => (0, 1);

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (location, scale) = Parameters(output);
        var level = GreyLevels.Of(x);
        var (isLowest, isHighest) = (level.eq(Number(0)), level.eq(Number(GreyLevels.Max)));
        var offset = level / Number(GreyLevels.Max) - location;
        // With b and a the upper and the lower edge in units of the scale, sigmoid(b) - sigmoid(a) = sigmoid(b) · sigmoid(-a) · (1 -
        // exp(a - b)): no difference of nearly equal numbers. A level at an end has no edge on that side: that factor and the last are one.
        const double halfLevel = 0.5 / GreyLevels.Max;
        var belowUpper = nn.functional.logsigmoid(offset.Plus(halfLevel) / scale).masked_fill(isHighest, Number(0));
        var aboveLower = nn.functional.logsigmoid(Number(halfLevel).Minus(offset) / scale).masked_fill(isLowest, Number(0));
        var between = (-(Number(-2 * halfLevel) / scale).expm1()).log().masked_fill(isLowest.logical_or(isHighest), Number(0));
        return belowUpper.Plus(aboveLower).Plus(between);
    }

    /// <summary>E[x], exact: the sum over the levels k above 0 of P(level ≥ k), over 255.</summary>
    /// <inheritdoc/>
    public override Tensor Mean(Tensor output)
    {
        var (location, scale) = Parameters(output);
        var sum = zeros_like(location);
        for (var level = 1; level < GreyLevels.Count; level++)
        {
            // Intermediate tensors are disposed at once: together they would take 255 times the memory of the images.
            using var scope = NewDisposeScope();
            sum.add_(((location - Number((level - 0.5) / GreyLevels.Max)) / scale).sigmoid(), One);
        }

        return sum / Number(GreyLevels.Max);
    }

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        ArgumentNullException.ThrowIfNull(uniform);
        var (location, scale) = Parameters(output);
        // A draw of the logistic distribution by the inverse of F; rounding and the two ends are the cut into levels.
        var drawn = location.Plus(scale * (uniform.log() - (-uniform).log1p()));
        return GreyLevels.Of(drawn) / Number(GreyLevels.Max);
    }

    /// <inheritdoc/>
    public override GraphValue DescribeMean(GraphValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var (location, scale) = DescribeParameters(output);
        float[] edges = [.. Enumerable.Range(1, GreyLevels.Max).Select(level => (float)((level - 0.5) / GreyLevels.Max))];
        var values = location.Width;
        var above = (location.Reshape(-1, values, 1) - output.Graph.Constant(edges, GreyLevels.Max)) / scale.Reshape(-1, values, 1);
        return above.Sigmoid().Sum() / GreyLevels.Max;
    }

    /// <inheritdoc/>
    public override GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (location, scale) = DescribeParameters(output);
        var level = GreyLevels.Of(x);
        var (aboveLowest, isHighest) = (level.IsAbove(0.5), level.IsAbove(GreyLevels.Max - 0.5));
        var offset = level / GreyLevels.Max - location;
        const double halfLevel = 0.5 / GreyLevels.Max;
        var none = offset * 0;
        var belowUpper = isHighest.Select(none, ((offset + halfLevel) / scale).LogSigmoid());
        var aboveLower = aboveLowest.Select(((halfLevel - offset) / scale).LogSigmoid(), none);
        // 1 - exp(-w) = 2 sinh(w / 2) exp(-w / 2), without a difference of nearly equal numbers.
        var half = halfLevel / scale;
        var between = isHighest.Select(none, aboveLowest.Select((half.Sinh() * 2).Log() - half, none));
        return belowUpper + aboveLower + between;
    }

    private (GraphValue Location, GraphValue Scale) DescribeParameters(GraphValue output) =>
        (Plane(output, 0) + 0.5, Plane(output, 1).Softplus() + MinScale);

    private (Tensor Location, Tensor Scale) Parameters(Tensor output)
    {
        var planes = Planes(output);
        return (planes.select(-2, 0).Plus(0.5), planes.select(-2, 1).Softplus().Plus(MinScale));
    }
}
