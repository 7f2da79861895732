namespace Elbo;

/// <summary>The verification result of a folder with a dataset.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">Its files.</param>
/// <param name="KnownName">The known dataset that all files belong to; null otherwise.</param>
/// <param name="Problem">Why the dataset is not usable, in one sentence; null if it is usable.</param>
/// <param name="Verdict">A short description: a known name, "unknown (well-formed, ...)", a mixture, or the problem.</param>
public sealed record DatasetReport(
    string Folder, IReadOnlyList<DatasetFileReport> Files, string? KnownName, string? Problem, string Verdict)
{
    /// <summary>What was noticed in the files (<see cref="Dataset.Notes"/>).</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the dataset can be loaded.</summary>
    public bool IsUsable => Problem is null;
}
