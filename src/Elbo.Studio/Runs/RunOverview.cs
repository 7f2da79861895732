using System.Text.Json.Nodes;

namespace Elbo.Studio;

/// <summary>A run as its files tell it, without its model and without its plug-ins.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Configuration">Its settings.</param>
/// <param name="Record">How it was made.</param>
/// <param name="Metrics">Its terms by epoch and split.</param>
/// <param name="UnreadCondition">Its condition as config.json has it, if that is of a kind that is not registered; else null.</param>
internal sealed record RunOverview(
    RunDirectory Directory,
    RunConfiguration Configuration,
    RunRecord Record,
    IReadOnlyList<MetricsRow> Metrics,
    JsonObject? UnreadCondition)
{
    private static readonly string[] SplitsByWeight = ["test", "validation", "train"];

    public static RunOverview Read(string folder)
    {
        var directory = RunDirectory.Open(folder);
        var record = directory.ReadRecord() with { BestEpoch = directory.ReadBestEpoch() };
        var (configuration, condition) = directory.ReadConfigurationWithoutPlugins();
        return new RunOverview(directory, configuration, record, MetricsRow.Read(directory.MetricsPath), condition);
    }

    /// <summary>The parts of its model that are not registered, so that it can be listed and nothing else.</summary>
    public IReadOnlyList<MissingPart> MissingParts { get; } = RunPlugins.Missing(Configuration, UnreadCondition);

    public string State => RunProcess.Describe(Record);

    public int EpochsDone => Metrics.Where(row => row.Split == "train").Select(row => row.Epoch).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The terms by which the run is judged: of the test split, or while there is none of the best epoch on the next best split.
    /// </summary>
    public MetricsRow? Final => SplitsByWeight
        .Select(split => Metrics.LastOrDefault(row => row.Split == split && (split == "test" || row.Epoch == Record.BestEpoch))
            ?? Metrics.LastOrDefault(row => row.Split == split))
        .FirstOrDefault(row => row is not null);

    /// <summary>Every setting by its path, as config.json writes it.</summary>
    public IReadOnlyDictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>();
        Collect(ConfigurationJson(), "", settings);
        return settings;
    }

    /// <summary>All settings as config.json writes them.</summary>
    public JsonObject ConfigurationJson()
    {
        var json = Json.ToNode(Configuration)!.AsObject();
        if (UnreadCondition is not null)
            json["model"]!["condition"] = UnreadCondition.DeepClone();
        return json;
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
