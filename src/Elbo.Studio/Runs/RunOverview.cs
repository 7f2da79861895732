using System.Text.Json.Nodes;

namespace Elbo.Studio;

/// <summary>A run as its files tell it, without its model.</summary>
internal sealed record RunOverview(
    RunDirectory Directory, RunConfiguration Configuration, RunRecord Record, IReadOnlyList<MetricsRow> Metrics)
{
    private static readonly string[] SplitsByWeight = ["test", "validation", "train"];

    public static RunOverview Read(string folder)
    {
        var directory = RunDirectory.Open(folder);
        var record = directory.ReadRecord() with { BestEpoch = directory.ReadBestEpoch() };
        return new RunOverview(directory, directory.ReadConfiguration(), record, MetricsRow.Read(directory.MetricsPath));
    }

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
        Collect(Json.ToNode(Configuration)!.AsObject(), "", settings);
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
