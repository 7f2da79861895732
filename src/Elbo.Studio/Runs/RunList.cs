using System.Text.RegularExpressions;

namespace Elbo.Studio;

/// <summary>A run in the list, with what a poll found of it, so that showing it reads no file.</summary>
/// <param name="Entry">The run.</param>
/// <param name="Status">How it stands.</param>
/// <param name="TimeLeft">The time that its training still takes, in words; null for one that is not running.</param>
internal sealed record RunRow(RunEntry Entry, RunStatus Status, string? TimeLeft);

/// <summary>Filters and sorts the list of runs.</summary>
internal static partial class RunList
{
    /// <summary>The runs that have all words of the filter, in the order of the sorted column; those without a value are last.</summary>
    public static IReadOnlyList<RunEntry> Of(IReadOnlyList<RunEntry> runs, RunsState state, Strings strings)
    {
        var words = state.Filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = words.Length == 0 ? runs : [.. runs.Where(run => Matches(run, words, strings))];
        // The catalogue sorts by the start, without reading more of the runs than that.
        if (state.Sort == RunColumn.Begun)
            return state.IsDescending ? found : [.. found.Reverse()];
        var keys = found.ToDictionary(run => run, run => Key(run, state.Sort, strings));
        var known = found.Where(run => keys[run] is not null);
        var sorted = state.IsDescending
            ? known.OrderByDescending(run => keys[run], KeyComparer.Instance)
            : known.OrderBy(run => keys[run], KeyComparer.Instance);
        return [.. sorted, .. found.Where(run => keys[run] is null)];
    }

    /// <summary>The model of a run in a few words: its preset and its likelihood.</summary>
    public static string ModelOf(RunEntry run)
    {
        if (run.Overview?.Configuration is not { } configuration)
            return "";
        var parts = new[] { configuration.Preset ?? configuration.Model.CustomType, configuration.Model.Likelihood };
        return string.Join(", ", parts.OfType<string>().Select(PrintableText.Of));
    }

    private static bool Matches(RunEntry run, string[] words, Strings strings)
    {
        string[] texts =
        [
            run.Name, run.Overview?.Record.Dataset.Name ?? "", ModelOf(run), run.Status.ToString(), strings[$"Runs.State.{run.Status}"],
        ];
        return words.All(word => texts.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static IComparable? Key(RunEntry run, RunColumn column, Strings strings) => column switch
    {
        RunColumn.Run => run.Name,
        RunColumn.State => strings[$"Runs.State.{run.Status}"],
        RunColumn.Epoch => run.Overview?.EpochsDone,
        RunColumn.NegativeElbo => run.Overview?.Final?.NegativeElbo,
        RunColumn.Model => ModelOf(run) is { Length: > 0 } model ? model : null,
        _ => run.Overview?.Record.Dataset.Name,
    };

    /// <summary>Texts with the numbers in them by value (run-9 before run-10), numbers by value.</summary>
    private sealed partial class KeyComparer : IComparer<IComparable?>
    {
        public static KeyComparer Instance { get; } = new();

        public int Compare(IComparable? x, IComparable? y) => x is string left && y is string right
            ? StringComparer.OrdinalIgnoreCase.Compare(Padded(left), Padded(right))
            : Comparer<IComparable>.Default.Compare(x, y);

        private static string Padded(string text) => Digits().Replace(text, digits => digits.Value.PadLeft(20, '0'));

        [GeneratedRegex("[0-9]+")]
        private static partial Regex Digits();
    }
}
