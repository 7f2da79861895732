namespace Elbo;

/// <summary>A plug-in as a run records it.</summary>
/// <param name="File">The name of its file, without the folder.</param>
/// <param name="Sha256">The SHA-256 of the file, in hexadecimal digits.</param>
public sealed record PluginFile(string File, string Sha256)
{
    /// <summary>The file and its hash, for messages.</summary>
    public override string ToString() => $"{File} (SHA-256 {Sha256})";
}
