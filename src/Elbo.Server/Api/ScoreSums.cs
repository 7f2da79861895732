namespace Elbo.Server;

/// <summary>The terms of -ELBO of each example, averaged over draws of z.</summary>
internal sealed class ScoreSums(int count, bool hasKl)
{
    private readonly double[] _reconstruction = new double[count];
    private readonly double[] _kl = new double[hasKl ? count : 0];
    private int _draws;

    /// <summary>Room for the terms of a draw.</summary>
    public float[][] NewDraw() => hasKl ? [new float[count], new float[count]] : [new float[count]];

    public void Add(float[][] terms)
    {
        for (var i = 0; i < count; i++)
            _reconstruction[i] += terms[0][i];
        for (var i = 0; i < _kl.Length; i++)
            _kl[i] += terms[1][i];
        _draws++;
    }

    /// <summary>The averages, and which of them are above a threshold.</summary>
    public ScoreResponse Answer(ModelThreshold? threshold)
    {
        var sums = Enumerable.Range(0, count).Select(i => (_reconstruction[i] + (hasKl ? _kl[i] : 0)) / _draws).ToArray();
        return new(
            Mean(_reconstruction),
            hasKl ? Mean(_kl) : null,
            hasKl ? Array.ConvertAll(sums, sum => (float)sum) : null,
            threshold is null ? null : Array.ConvertAll(sums, threshold.IsAnomaly),
            threshold);
    }

    private float[] Mean(double[] terms) => Array.ConvertAll(terms, sum => (float)(sum / _draws));
}
