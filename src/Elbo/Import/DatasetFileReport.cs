namespace Elbo;

/// <summary>The verification result of one of the files of a dataset.</summary>
/// <param name="Name">The file's usual name.</param>
/// <param name="Path">The path; null if the file is missing.</param>
/// <param name="Sha256">The hash of its uncompressed content; null if the file is missing or corrupt.</param>
/// <param name="Dimensions">The sizes of its dimensions, such as <c>60000x28x28</c>; null if the file is missing or corrupt.</param>
/// <param name="Known">The known file with this hash, such as <c>mnist train-images-idx3-ubyte</c>; null if unknown.</param>
/// <param name="Problem">Why the file is not readable; null if it is readable or missing.</param>
public sealed record DatasetFileReport(
    string Name, string? Path, string? Sha256, string? Dimensions, string? Known, string? Problem)
{
    /// <summary>Whether the file exists.</summary>
    public bool Found => Path is not null;
}
