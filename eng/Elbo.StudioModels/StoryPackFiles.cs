using Elbo.Story;

namespace Elbo.StudioModels;

/// <summary>The story's packs as files, uncompressed, which its page reads while its modules are being written.</summary>
internal static class StoryPackFiles
{
    /// <summary>Writes the packs of the models in a folder.</summary>
    public static void Write(string models, string target, Dataset mnist, TextWriter log)
    {
        Directory.CreateDirectory(target);
        foreach (var pack in StoryPacks.Of(StoryModels.InFolder(models), StoryDigits.Of(mnist.Test)))
        {
            var bytes = pack.ToBytes();
            AtomicFile.WriteBytes(Path.Combine(target, $"{pack.Name}.safetensors"), bytes);
            log.WriteLine(FormattableString.Invariant($"{pack.Name}: {bytes.Length / 1000.0:F1} kB"));
        }
    }
}
