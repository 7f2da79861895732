namespace Elbo;

/// <summary>The result of an import.</summary>
/// <param name="Dataset">The imported dataset.</param>
/// <param name="IgnoredFiles">The number of ignored files of the source that are not pictures.</param>
public sealed record ImportResult(Dataset Dataset, int IgnoredFiles)
{
    /// <summary>What was decided about the source: its splits, the range of 16-bit samples; one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ImportResult), PrintMembers);
}
