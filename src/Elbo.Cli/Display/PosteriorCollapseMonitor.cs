namespace Elbo.Cli;

/// <summary>Reports the inactive latent dimensions of a training, only in epochs in which they change.</summary>
internal sealed class PosteriorCollapseMonitor
{
    private IReadOnlyList<int> _reported = [];

    /// <summary>Returns a message if the inactive dimensions have changed since the previous epoch, otherwise null.</summary>
    public string? Update(SplitTerms terms)
    {
        var inactive = terms.InactiveDimensions;
        if (inactive.SequenceEqual(_reported))
            return null;
        _reported = inactive;
        var count = inactive.Count + terms.ActiveUnits;
        if (inactive.Count == 0)
            return $"  All {count} latent dimensions are active again.";
        var dimensions = string.Join(", ", Ranges(inactive));
        return 2 * inactive.Count > count
            ? $"  Posterior collapse: {inactive.Count} of {count} latent dimensions, more than half, are inactive ({dimensions})."
            : $"  {inactive.Count} of {count} latent dimensions {(inactive.Count == 1 ? "is" : "are")} inactive: {dimensions}.";
    }

    /// <summary>Formats ascending numbers, with three or more consecutive ones as a range.</summary>
    private static IEnumerable<string> Ranges(IReadOnlyList<int> numbers)
    {
        for (var i = 0; i < numbers.Count;)
        {
            var first = i++;
            while (i < numbers.Count && numbers[i] == numbers[i - 1] + 1)
                i++;
            if (i - first > 2)
            {
                yield return $"{numbers[first]}-{numbers[i - 1]}";
                continue;
            }

            for (var j = first; j < i; j++)
                yield return $"{numbers[j]}";
        }
    }
}
