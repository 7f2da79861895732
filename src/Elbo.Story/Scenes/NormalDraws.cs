namespace Elbo.Story;

/// <summary>Random numbers that depend on the seed alone, on every machine.</summary>
/// <param name="seed">The seed.</param>
internal sealed class NormalDraws(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A number from 0 to 1.</summary>
    public double Uniform() => _random.NextDouble();

    /// <summary>A vector of standard normal numbers (Box and Muller 1958).</summary>
    public double[] Normal(int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());
        return values;
    }
}
