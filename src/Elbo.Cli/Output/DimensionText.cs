namespace Elbo.Cli;

/// <summary>
/// Figures of latent dimensions on one line: all of them, or of a large code those of the dimensions with the largest KL, by their numbers.
/// </summary>
internal sealed class DimensionText
{
    private const int MaxDimensions = 32;
    private const int Shown = 16;

    private readonly int[]? _chosen;
    private readonly int _size;

    /// <param name="size">The number of dimensions.</param>
    /// <param name="kl">The KL of each; null where it has no such parts, so that the first dimensions are shown.</param>
    public DimensionText(int size, IReadOnlyList<double>? kl)
    {
        _size = size;
        _chosen = size <= MaxDimensions
            ? null
            : [.. Enumerable.Range(0, size).OrderByDescending(dimension => kl?[dimension] ?? 0).Take(Shown)];
    }

    /// <summary>A sentence that says which dimensions are shown; null where all are.</summary>
    public string? Note => _chosen is null
        ? null
        : $"the {Shown} of {_size} dimensions with the largest KL are shown, z1 the first: --json has all of them";

    /// <summary>The figures on one line.</summary>
    public string Of(IReadOnlyList<double> figures) => _chosen is null
        ? string.Join(' ', figures.Select(MetricText.Nats))
        : string.Join("  ", _chosen.Select(dimension => $"z{dimension + 1} {MetricText.Nats(figures[dimension])}"));
}
