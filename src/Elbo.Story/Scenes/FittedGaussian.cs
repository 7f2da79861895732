namespace Elbo.Story;

/// <summary>The Gaussian with the mean and the covariance of some codes.</summary>
internal sealed class FittedGaussian
{
    private readonly double[] _mean;
    private readonly double[,] _factor;

    /// <summary>Fits codes.</summary>
    /// <param name="codes">The codes, one after another.</param>
    /// <param name="size">The number of dimensions.</param>
    public FittedGaussian(double[] codes, int size)
    {
        var count = codes.Length / size;
        _mean = new double[size];
        for (var i = 0; i < codes.Length; i++)
            _mean[i % size] += codes[i] / count;
        _factor = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = 0d;
                for (var start = 0; start < codes.Length; start += size)
                    sum += (codes[start + row] - _mean[row]) * (codes[start + column] - _mean[column]) / count;
                // The lower triangular L with L L' the covariance (Cholesky), row by row.
                for (var k = 0; k < column; k++)
                    sum -= _factor[row, k] * _factor[column, k];
                // A direction without variance gets none.
                _factor[row, column] = row == column ? Math.Sqrt(Math.Max(0, sum))
                    : _factor[column, column] > 0 ? sum / _factor[column, column]
                    : 0;
            }
        }
    }

    /// <summary>The code that standard normal numbers become.</summary>
    public double[] At(double[] epsilon)
    {
        var code = (double[])_mean.Clone();
        for (var row = 0; row < code.Length; row++)
        {
            for (var column = 0; column <= row; column++)
                code[row] += _factor[row, column] * epsilon[column];
        }

        return code;
    }
}
