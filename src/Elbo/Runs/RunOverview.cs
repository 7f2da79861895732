using System.Text.Json.Nodes;

namespace Elbo;

/// <summary>A run as its files tell it, without its model and without its plug-ins.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Listing">Its settings, and which parts of its model are not registered.</param>
/// <param name="Record">How it was made.</param>
/// <param name="Metrics">Its terms by epoch and split.</param>
public sealed record RunOverview(
    RunDirectory Directory,
    RunListing Listing,
    RunRecord Record,
    IReadOnlyList<MetricsRow> Metrics)
{
    private static readonly string[] SplitsByWeight = ["test", "validation", "train"];

    /// <summary>Reads the files of a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The overview.</returns>
    /// <exception cref="InputException">The folder is no run, or a file of it cannot be read.</exception>
    /// <exception cref="SettingsException">Its configuration cannot be read.</exception>
    public static RunOverview Read(string folder)
    {
        var directory = RunDirectory.Open(folder);
        var record = directory.ReadRecord() with { BestEpoch = directory.ReadBestEpoch() };
        return new RunOverview(directory, directory.ReadListing(), record, directory.ReadMetrics(out var problem))
        {
            StandardErrorsProblem = problem,
        };
    }

    /// <summary>Why the standard errors of the run are left out, in a sentence; null where they are not, and where it has none.</summary>
    public string? StandardErrorsProblem { get; init; }

    /// <summary>Its settings; without the condition, if that is of a kind that is not registered.</summary>
    public RunConfiguration Configuration => Listing.Configuration;

    /// <summary>The parts of its model that are not registered, so that it can be listed and nothing else.</summary>
    public IReadOnlyList<MissingPart> MissingParts => Listing.MissingParts;

    /// <summary>How it stands, in a word: that of the record, or "stopped" where it says running and nobody trains it.</summary>
    public string State => RunProcess.Describe(Directory, Record);

    /// <summary>The number of epochs that are done.</summary>
    public int EpochsDone => Metrics.Where(row => row.Split == "train").Select(row => row.Epoch).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The terms by which the run is judged: of the test split, or while there is none of the best epoch on the next best split.
    /// </summary>
    public MetricsRow? Final => SplitsByWeight
        .Select(split => Metrics.LastOrDefault(row => row.Split == split && (split == "test" || row.Epoch == Record.BestEpoch))
            ?? Metrics.LastOrDefault(row => row.Split == split))
        .FirstOrDefault(row => row is not null);

    /// <summary>Every setting by its path, as config.json writes it.</summary>
    /// <returns>The settings.</returns>
    public IReadOnlyDictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>();
        Collect(Listing.ToJson(), "", settings);
        return settings;
    }

    private static void Collect(JsonObject from, string prefix, Dictionary<string, string> settings)
    {
        foreach (var (name, value) in from)
        {
            if (value is JsonObject group)
                Collect(group, $"{prefix}{name}.", settings);
            else
                settings.Add(prefix + name, value switch
                {
                    null => "-",
                    JsonArray list => string.Join(',', list.Select(item => item?.ToString())),
                    _ => value.ToString(),
                });
        }
    }
}
