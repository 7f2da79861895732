namespace Elbo.Story.Tests;

/// <summary>Random numbers of a seed.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random _random = new(seed);

    public double Uniform() => _random.NextDouble();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public float[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)Normal())];

    /// <summary>Ones with the probabilities that follow each other.</summary>
    public float[] Pixels(IEnumerable<float> probabilities) => [.. probabilities.Select(each => _random.NextDouble() < each ? 1f : 0)];
}
