using System.Text.Json.Serialization;

namespace Elbo.Cli;

/// <summary>How a claim stands, as its file says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimState>))]
internal enum ClaimState
{
    /// <summary>A worker is at work, or was before it ended without a word.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>The worker gave the claim up, and the next one goes on.</summary>
    [JsonStringEnumMemberName("released")]
    Released,

    /// <summary>What was claimed is done.</summary>
    [JsonStringEnumMemberName("finished")]
    Finished,

    /// <summary>The training diverged, which is its result.</summary>
    [JsonStringEnumMemberName("diverged")]
    Diverged,
}

/// <summary>The content of the file of a claim.</summary>
/// <param name="Worker">The name of the worker's machine.</param>
/// <param name="ProcessId">The id of its process there.</param>
/// <param name="Beat">A number that rises while the worker is at work: others see that it lives without comparing clocks.</param>
/// <param name="State">How the claim stands.</param>
internal sealed record ClaimContent(string Worker, int ProcessId, long Beat, ClaimState State);
