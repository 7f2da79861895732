namespace Elbo;

/// <summary>Gives labels the numbers that other data gives to their names.</summary>
internal static class LabelMap
{
    /// <summary>A set whose labels have the numbers of their names in a list.</summary>
    /// <param name="set">The set, with labels.</param>
    /// <param name="own">What its labels stand for.</param>
    /// <param name="names">What label 0, 1, ... is to stand for.</param>
    /// <param name="subject">How a message names the data.</param>
    /// <returns>The set itself where no number changes, else one that shares its values.</returns>
    /// <exception cref="InputException">An example has a label whose name is not in the list.</exception>
    public static ExampleSet ToNumbersOf(ExampleSet set, IReadOnlyList<string> own, IReadOnlyList<string> names, string subject)
    {
        var numbers = new Dictionary<int, int>();
        foreach (var label in set.DistinctLabels)
        {
            numbers[label] = Find(names, own[label], label) is >= 0 and var number ? number : throw new InputException(
                $"{subject} has the label '{own[label]}', which the training data has not: it has {Shown(names)}.");
        }

        return numbers.All(pair => pair.Key == pair.Value) && own.SequenceEqual(names)
            ? set
            : set.WithLabels(set.Labels.ToArray().Select(label => numbers[label]).ToArray(), names);
    }

    /// <summary>The names, and after them those of the labels of a set that are not among them.</summary>
    public static IReadOnlyList<string> Extend(IReadOnlyList<string> names, ExampleSet set, IReadOnlyList<string> own) =>
        [.. names, .. set.DistinctLabels.Where(label => Find(names, own[label], label) < 0).Select(label => own[label])];

    // A name that stands twice in both lists keeps its number.
    private static int Find(IReadOnlyList<string> names, string name, int label) =>
        label < names.Count && names[label] == name ? label : names.ToList().IndexOf(name);

    private static string Shown(IReadOnlyList<string> names) => TableColumns.Shorten(string.Join(", ", names));
}
