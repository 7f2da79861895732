namespace Elbo.Story.Tests;

/// <summary>Random numbers of a seed.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random random = new(seed);

    public double Uniform() => random.NextDouble();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public float[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)Normal())];

    /// <summary>Ones with the probabilities that follow each other.</summary>
    public float[] Pixels(IEnumerable<float> probabilities) => [.. probabilities.Select(each => random.NextDouble() < each ? 1f : 0)];
}
