using System.Globalization;

namespace Elbo.Cli;

/// <summary>The labels of a run's training data, by name and by number.</summary>
internal sealed class RunLabels
{
    private const int MaxShown = 20;

    private readonly IReadOnlyList<string>? _names;

    private RunLabels(IReadOnlyList<string>? names) => _names = names;

    public static RunLabels Of(Run run) => new(run.Directory.ReadRecord().Dataset.LabelNames);

    /// <summary>Whether labels are part of a condition.</summary>
    public static bool Enter(Condition? condition) =>
        condition is LabelCondition || (condition is JoinedCondition joined && joined.Parts.Any(Enter));

    /// <summary>Whether labels have names.</summary>
    public bool Any => _names is not null;

    /// <summary>The name of a label; null where the data had none.</summary>
    public string? NameOf(int label) => label < _names?.Count ? Printable(_names[label]) : null;

    /// <summary>The name of a label, or its number.</summary>
    public string TextOf(int label) => NameOf(label) ?? $"{label}";

    /// <summary>The label of a name or, where there is no such name, of a number.</summary>
    /// <exception cref="SettingsException">The model has no such label.</exception>
    public int Find(LabelCondition condition, string text)
    {
        var named = condition.Labels.Where(label => label < _names?.Count && _names[label] == text).ToArray();
        if (named.Length > 0)
            return named[0];
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && condition.IndexOf(number) >= 0)
            return number;
        var shown = condition.Labels.Take(MaxShown).Select(label => NameOf(label) is { } name ? $"{label} ({name})" : $"{label}");
        var all = _names is null && condition.Values is null
            ? $"0 to {condition.Count - 1}"
            : string.Join(", ", shown) + (condition.Count > MaxShown ? ", ..." : "");
        throw new SettingsException($"Label {(isNumber ? text : $"'{text}'")} does not exist: this model has the labels {all}.");
    }

    // A name is a text from a file, which may hold escape sequences.
    private static string Printable(string name) => string.Concat(name.Select(symbol => char.IsControl(symbol) ? '\uFFFD' : symbol));
}
