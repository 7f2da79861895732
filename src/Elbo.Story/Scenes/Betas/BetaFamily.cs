namespace Elbo.Story;

/// <summary>Models with two latent dimensions that differ in beta alone.</summary>
/// <param name="Members">The members, by beta from the lowest; an autoencoder stands at 0.</param>
internal sealed record BetaFamily(IReadOnlyList<BetaMember> Members)
{
    /// <summary>The fewest betas that make a family.</summary>
    public const int Least = 3;

    /// <summary>
    /// The largest family among models, the first of those of the same size; null where none has three betas. Of one beta the first model
    /// is taken.
    /// </summary>
    public static BetaFamily? Among(IEnumerable<BetaMember> candidates)
    {
        var largest = LargestOf([.. candidates]);
        return largest.Count < Least ? null : new([.. largest.OrderBy(member => member.Beta)]);
    }

    /// <summary>Why models make no family, as the end of a sentence; null where there is nothing to say of them.</summary>
    public static string? ObstacleOf(IReadOnlyList<BetaMember> candidates)
    {
        var betas = candidates.Select(each => each.Beta).Distinct().Order().Select(BetaMember.TextOf).ToList();
        if (betas.Count == 0)
            return null;
        if (betas.Count < Least)
            return betas.Count == 1 ? $"these have the beta {betas[0]} alone" : $"these have the betas {betas[0]} and {betas[1]} alone";
        var first = LargestOf(candidates)[0];
        return candidates.Select(first.DifferenceFrom).FirstOrDefault(difference => difference is not null);
    }

    /// <summary>One sentence for each model that is not in the family.</summary>
    public IEnumerable<string> NotesOn(IEnumerable<BetaMember> candidates)
    {
        foreach (var each in candidates.Where(each => !Members.Contains(each)))
        {
            var reason = Members[0].DifferenceFrom(each) ?? $"the beta {BetaMember.TextOf(each.Beta)} is there already";
            yield return $"{each.Name} is not among the betas of scene 8: {reason}.";
        }
    }

    private static List<BetaMember> LargestOf(IReadOnlyList<BetaMember> candidates) => candidates
        .Select(one => candidates.Where(other => one.DifferenceFrom(other) is null).DistinctBy(each => each.Beta).ToList())
        .MaxBy(family => family.Count) ?? [];
}
