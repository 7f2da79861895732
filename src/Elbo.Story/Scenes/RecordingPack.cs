using System.IO.Compression;

namespace Elbo.Story;

/// <summary>
/// The pack <c>recording</c>: the training of the fifth scene at some of its steps, for devices on which it is too slow to be watched.
/// <c>eng/record-training.mjs</c> makes it by the page's own modules.
/// </summary>
internal static class RecordingPack
{
    /// <summary>The name of the pack.</summary>
    public const string Name = "recording";

    private const string File = "recordings/training.safetensors.gz";

    /// <summary>Reads the recording.</summary>
    public static Pack Read()
    {
        using var zipped = new GZipStream(new MemoryStream(WebFiles.Read(File)), CompressionMode.Decompress);
        using var stream = new MemoryStream();
        zipped.CopyTo(stream);
        return Pack.Read(Name, stream.ToArray());
    }
}
