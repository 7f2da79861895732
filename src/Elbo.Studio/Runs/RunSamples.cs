using System.Globalization;

namespace Elbo.Studio;

/// <summary>The sample images that a training saves after its epochs.</summary>
internal static class RunSamples
{
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The epochs with a saved sample image, in ascending order.</summary>
    public static IReadOnlyList<int> Epochs(RunEntry run)
    {
        try
        {
            var samples = Path.Combine(run.Folder, "samples");
            if (new DirectoryInfo(samples).LinkTarget is not null)
                return [];
            return
            [
                .. Directory.EnumerateFiles(samples, "epoch-*.png")
                    .Select(file => Path.GetFileNameWithoutExtension(file)["epoch-".Length..])
                    .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0)
                    .Where(epoch => epoch > 0).Order(),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No samples yet, or the run has just been deleted.
            return [];
        }
    }

    /// <summary>The sample image of an epoch as a data URL, or null.</summary>
    public static string? DataUrl(RunEntry run, int epoch)
    {
        try
        {
            var bytes = RunFile.ReadBytes(run.Overview!.Directory.SamplePath(epoch), MaxBytes);
            return bytes.Length == 0 ? null : "data:image/png;base64," + Convert.ToBase64String(bytes);
        }
        catch (ElboException)
        {
            return null;
        }
    }
}
