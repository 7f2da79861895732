namespace Elbo.Cli;

/// <summary>Names the latent dimensions that carry nothing when they come to do so or cease to, and not at every epoch again.</summary>
internal sealed class CollapseWatch
{
    private IReadOnlyList<int> _known = [];

    /// <summary>Looks at the terms of an epoch. Answers a line where something has changed, else null.</summary>
    public string? See(SplitTerms terms)
    {
        var idle = terms.InactiveDimensions;
        if (idle.SequenceEqual(_known))
            return null;
        _known = idle;
        var all = idle.Count + terms.ActiveUnits;
        if (idle.Count == 0)
            return $"  Every one of the {all} latent dimensions carries something again.";
        var names = string.Join(", ", Ranges(idle));
        return 2 * idle.Count > all
            ? $"  Collapsed: {idle.Count} of {all} latent dimensions, more than half of them, carry nothing ({names})."
            : $"  {idle.Count} of {all} latent dimensions {(idle.Count == 1 ? "carries" : "carry")} nothing: {names}.";
    }

    /// <summary>Numbers in order, with three or more that follow each other as one range.</summary>
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
