namespace Elbo;

/// <summary>What was found of one of a dataset's four files.</summary>
/// <param name="Part">Which file.</param>
/// <param name="Path">Where it is; null where it is absent.</param>
/// <param name="Sha256">The hash of its raw content; null where it is absent or corrupt.</param>
/// <param name="Dimensions">The sizes of its dimensions, as <c>60000x28x28</c>; null likewise.</param>
/// <param name="Known">The file of a known dataset that it is, as <c>mnist train-images-idx3-ubyte</c>; null where it is of none.</param>
/// <param name="Problem">Why it cannot be read; null where it can, and where it is absent.</param>
internal sealed record DatasetFileReport(
    IdxPart Part, string? Path, string? Sha256, string? Dimensions, string? Known, string? Problem)
{
    /// <summary>The file's usual name.</summary>
    public string Name => Part.FileName();

    /// <summary>Whether the file is there.</summary>
    public bool Found => Path is not null;
}

/// <summary>What a folder with a dataset holds.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">Its four files.</param>
/// <param name="KnownName">The known dataset that it is, with all four files right; null otherwise.</param>
/// <param name="Problem">Why it cannot be used, in one sentence; null where it can.</param>
/// <param name="Verdict">What it is, in a few words: a known name, "unknown (well-formed, ...)", a mixture, or what is wrong.</param>
internal sealed record DatasetReport(
    string Folder, IReadOnlyList<DatasetFileReport> Files, string? KnownName, string? Problem, string Verdict)
{
    /// <summary>Whether the dataset can be loaded.</summary>
    public bool IsUsable => Problem is null;
}
