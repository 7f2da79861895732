using static TorchSharp.torch;

namespace Extending;

// begin
/// <summary>
/// Each value is Laplacian around the decoder's mean: log p(x) = -|x - mean| / b - log 2b, with b = sigma / sqrt(2). A pixel that is far
/// off costs by its distance, not by the square of it.
/// </summary>
internal sealed class LaplacianLikelihood : Likelihood
{
    private const double DefaultSigma = 0.2;
    private readonly double _scale;

    public LaplacianLikelihood(double? sigma)
        : base(nameof(LaplacianLikelihood))
    {
        if (sigma is { } given && !(given > 0 && double.IsFinite(given)))
            throw new SettingsException($"The likelihood's sigma is {given}, but it must be a finite number above 0.");
        _scale = (sigma ?? DefaultSigma) / Math.Sqrt(2);
    }

    // For values in 0..1, like its mean: others are refused instead of standardised.
    public override (double Min, double Max)? Support => (0, 1);

    public override Tensor LogDensityPerValue(Tensor output, Tensor x) =>
        (x - Mean(output)).abs() * Number(-1 / _scale) - Number(Math.Log(2 * _scale));

    public override Tensor Mean(Tensor output) => sigmoid(output);

    // The inverse of the distribution function, from the middle outwards: -b sign(v) log(1 - 2|v|) with v = u - 1/2.
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        var centered = uniform - Number(0.5);
        return Mean(output) - centered.sign() * (centered.abs() * Number(-2)).log1p() * Number(_scale);
    }

    public override GraphValue DescribeMean(GraphValue output) => output.Sigmoid();

    public override GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x) =>
        (x - DescribeMean(output)).Abs() * (-1 / _scale) - Math.Log(2 * _scale);
}
// end
