using System.Text.Json.Nodes;

namespace Elbo;

/// <summary>The configuration of a run that can be listed, though parts of its model may not be registered here.</summary>
/// <param name="Configuration">Its settings; without the condition, if that is of a kind that is not registered.</param>
/// <param name="MissingParts">The parts that are not registered; empty for a run that can be opened.</param>
public sealed record RunListing(RunConfiguration Configuration, IReadOnlyList<MissingPart> MissingParts)
{
    /// <summary>The condition as config.json has it, if it is of a kind that is not registered; else null.</summary>
    internal JsonObject? UnreadCondition { get; init; }

    /// <summary>All settings as config.json writes them, with a condition of a kind that is not registered.</summary>
    /// <returns>The JSON, which is the caller's to change.</returns>
    public JsonObject ToJson()
    {
        var json = Configuration.ToJson();
        if (UnreadCondition is not null)
            json["model"]!["condition"] = UnreadCondition.DeepClone();
        return json;
    }
}
