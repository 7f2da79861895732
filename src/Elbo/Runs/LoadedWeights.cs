namespace Elbo;

/// <summary>
/// The file that the weights of a model were read from, as it was before: a training that goes on puts another in its place.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="WrittenAt">When it was written.</param>
internal sealed record LoadedWeights(string Path, DateTime WrittenAt)
{
    public static LoadedWeights At(string path) => new(path, File.GetLastWriteTimeUtc(path));

    /// <summary>Whether the file is still what it was.</summary>
    public bool AreCurrent => File.GetLastWriteTimeUtc(Path) == WrittenAt;
}
