namespace Elbo.Cli;

/// <summary>The verification result of one of the four files of a dataset.</summary>
/// <param name="Part">Which file.</param>
/// <param name="Path">The path; null if the file is missing.</param>
/// <param name="Sha256">The hash of its uncompressed content; null if the file is missing or corrupt.</param>
/// <param name="Dimensions">The sizes of its dimensions, such as <c>60000x28x28</c>; null if the file is missing or corrupt.</param>
/// <param name="Known">The known file with this hash, such as <c>mnist train-images-idx3-ubyte</c>; null if unknown.</param>
/// <param name="Problem">Why the file is not readable; null if it is readable or missing.</param>
internal sealed record DatasetFileReport(
    IdxPart Part, string? Path, string? Sha256, string? Dimensions, string? Known, string? Problem)
{
    /// <summary>The file's usual name.</summary>
    public string Name => Part.FileName();

    /// <summary>Whether the file exists.</summary>
    public bool Found => Path is not null;
}

/// <summary>The verification result of a folder with a dataset.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">Its four files.</param>
/// <param name="KnownName">The known dataset that all four files belong to; null otherwise.</param>
/// <param name="Problem">Why the dataset is not usable, in one sentence; null if it is usable.</param>
/// <param name="Verdict">A short description: a known name, "unknown (well-formed, ...)", a mixture, or the problem.</param>
internal sealed record DatasetReport(
    string Folder, IReadOnlyList<DatasetFileReport> Files, string? KnownName, string? Problem, string Verdict)
{
    /// <summary>Whether the dataset can be loaded.</summary>
    public bool IsUsable => Problem is null;
}
