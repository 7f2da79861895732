namespace Elbo.Studio;

/// <summary>Whether the -ELBO of runs can be compared: only of the same values, data and kind of likelihood.</summary>
internal static class RunComparability
{
    /// <summary>What keeps it from being compared, in one sentence; null for nothing.</summary>
    public static string? Warning(IReadOnlyList<RunOverview> runs, Strings strings)
    {
        List<string> reasons = [];
        if (!Differ("Runs.Other.Values", run => run.Configuration.Model.Shape.Size, run => $"{run.Configuration.Model.Shape.Size}"))
            Differ("Runs.Other.Data", DataOf, run => run.Record.Dataset.Name);
        Differ("Runs.Other.Likelihood", run => LikelihoodOf(run), run => LikelihoodOf(run));
        Differ("Runs.Other.Binarization", BinarizationOf, run => BinarizationOf(run).ToString().ToLowerInvariant());
        return reasons.Count == 0 ? null : strings["Runs.Incomparable", string.Join(strings["Runs.Incomparable.And"], reasons)];

        bool Differ<T>(string reason, Func<RunOverview, T> value, Func<RunOverview, string> name)
        {
            if (runs.Select(value).Distinct().Count() < 2)
                return false;
            string[] names = [.. runs.Select(name).Distinct().Select(PrintableText.Of)];
            // Data of one name can still be other data.
            reasons.Add(names.Length < 2 ? strings[reason] : $"{strings[reason]} ({string.Join(", ", names)})");
            return true;
        }
    }

    // Attributes are part of the hash, but not of what is reconstructed.
    private static string DataOf(RunOverview run) => run.Configuration.Data.Attributes is null
        ? $"{run.Record.Dataset.TrainSha256} {run.Record.Dataset.TestSha256}"
        : run.Record.Dataset.Name;

    private static string LikelihoodOf(RunOverview run) => run.Configuration.Model.Likelihood ?? "bernoulli";

    // Other draws of the same zeros and ones are comparable; grey values and they are not.
    private static Binarization BinarizationOf(RunOverview run) => run.Configuration.Data.Binarize;
}
