namespace Elbo.Studio;

/// <summary>The held-out examples that views show: up to forty of each label, or the first ones where there are no labels.</summary>
/// <param name="Indices">Their positions in the split, in its order.</param>
/// <param name="Choices">The positions of the examples to choose from: one of each label, or the first ones.</param>
/// <param name="Examples">The examples at <paramref name="Indices"/>.</param>
internal sealed record ShownExamples(IReadOnlyList<int> Indices, IReadOnlyList<int> Choices, ExampleSet Examples)
{
    private const int MaxCount = 400;
    private const int PerLabel = 40;
    private const int MaxChoices = 12;

    public static ShownExamples Of(ExampleSet examples)
    {
        var indices = examples.HasLabels ? OfLabels(examples) : [.. Enumerable.Range(0, Math.Min(MaxCount, examples.Count))];
        IEnumerable<int> choices = examples.HasLabels
            ? indices.DistinctBy(index => examples.Labels.Span[index]).OrderBy(index => examples.Labels.Span[index])
            : indices;
        return new ShownExamples(indices, [.. choices.Take(MaxChoices)], examples.Subset(indices));
    }

    // The same number of each label, so that many labels get fewer examples each.
    private static int[] OfLabels(ExampleSet examples)
    {
        var labels = examples.Labels.Span;
        var each = Math.Clamp(MaxCount / Math.Max(1, examples.DistinctLabels.Count), 1, PerLabel);
        var taken = new Dictionary<int, int>();
        var indices = new List<int>();
        for (var index = 0; index < labels.Length && indices.Count < MaxCount; index++)
        {
            var count = taken.GetValueOrDefault(labels[index]);
            if (count == each)
                continue;
            taken[labels[index]] = count + 1;
            indices.Add(index);
        }

        return [.. indices];
    }
}
