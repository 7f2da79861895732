using System.Globalization;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>Which examples of a set are anomalies, by labels given as names or, where there is no such name, as numbers.</summary>
internal static class AnomalyLabels
{
    private const int MaxShown = 20;

    /// <summary>Whether each example is an anomaly.</summary>
    /// <exception cref="InputException">The examples have no labels.</exception>
    /// <exception cref="SettingsException">No example has one of the labels, or none has another.</exception>
    public static bool[] Find(ExampleSet examples, IReadOnlyList<string> labels)
    {
        if (!examples.HasLabels)
            throw new InputException("--anomalies names labels, but the examples have none: omit it, or give examples with labels.");
        foreach (var text in labels.Where(text => LabelOf(examples, text) is null))
        {
            var all = examples.DistinctLabels;
            throw new SettingsException(
                $"No example has the label '{PrintableText.Of(text)}' that --anomalies names: these have "
                + string.Join(", ", all.Take(MaxShown).Select(label => TextOf(examples, label)))
                + (all.Count > MaxShown ? ", ..." : "") + ".");
        }

        var found = FindKnown(examples, labels);
        return found.Contains(false)
            ? found
            : throw new SettingsException("--anomalies names all labels of the examples: leave out those of normal ones.");
    }

    /// <summary>The normal examples: all but those with one of the labels, of which any may not occur.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public static HeldOutExamples WithoutAnomalies(HeldOutExamples held, IReadOnlyList<string> labels)
    {
        var examples = held.Examples;
        if (labels.Count == 0 || !examples.HasLabels)
            return held;
        var anomalous = FindKnown(examples, labels);
        int[] rows = [.. Enumerable.Range(0, examples.Count).Where(row => !anomalous[row])];
        if (rows.Length == 0)
        {
            throw new SettingsException(
                $"--anomalies names all labels of {held.Description}, on which the threshold is calibrated: leave out those of normal "
                + "ones.");
        }

        return rows.Length == examples.Count
            ? held
            : new HeldOutExamples(examples.Subset(rows), $"{held.Description} without the labels {string.Join(", ", labels)}");
    }

    private static bool[] FindKnown(ExampleSet examples, IEnumerable<string> labels)
    {
        var chosen = labels.Select(text => LabelOf(examples, text)).OfType<int>().ToHashSet();
        return [.. examples.Labels.ToArray().Select(chosen.Contains)];
    }

    private static int? LabelOf(ExampleSet examples, string text)
    {
        var (names, all) = (examples.LabelNames, examples.DistinctLabels);
        if (names is not null && all.Where(label => names[label] == text).ToArray() is [var named, ..])
            return named;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && all.Contains(number)
            ? number
            : null;
    }

    private static string TextOf(ExampleSet examples, int label) =>
        PrintableText.Of(examples.LabelNames is { } names ? names[label] : $"{label}");
}
