namespace Elbo.Studio;

/// <summary>What the files of a run say, or why they cannot be read.</summary>
/// <param name="Overview">The content of the files; null if they cannot be read.</param>
/// <param name="Problem">Why they cannot be read, in one sentence.</param>
/// <param name="Signature">Sizes and times of the files before they were read; others mean that they have changed.</param>
internal sealed record RunReading(RunOverview? Overview, string? Problem, string Signature)
{
    private static readonly string[] Files =
        ["run.json", "metrics.csv", "standard-errors.csv", "config.json", Path.Combine("checkpoints", "best.safetensors")];

    /// <summary>Reads the files of a run. Whatever is wrong with them is this run's problem alone.</summary>
    public static RunReading Of(string folder, string name)
    {
        var signature = SignatureOf(folder);
        try
        {
            var overview = RunOverview.Read(folder);
            // What every list shows is computed from the files: a value that cannot be shown is found here.
            _ = (overview.Settings(), overview.Final, overview.EpochsDone, overview.State);
            overview = overview with
            {
                StandardErrorsProblem = overview.StandardErrorsProblem?.Replace(folder, name, StringComparison.Ordinal),
            };
            return new RunReading(overview, null, signature);
        }
        catch (Exception exception)
        {
            var reason = exception is ElboException or IOException or UnauthorizedAccessException
                ? PrintableText.Of(exception.Message.Replace(folder, name, StringComparison.Ordinal))
                : $"{name} cannot be read as a run ({exception.GetType().Name}): its files are damaged, or of another program.";
            return new RunReading(null, reason, signature);
        }
    }

    /// <summary>Sizes and times of the files now.</summary>
    public static string SignatureOf(string folder)
    {
        try
        {
            return string.Join(
                ' ',
                Files.Select(name => new FileInfo(Path.Combine(folder, name)))
                    .Select(file => file.Exists ? $"{file.Length}:{FileTime.Of(file).Ticks}" : "-")
                    // Samples are written after the metrics of their epoch.
                    .Append($"{FileTime.Of(new DirectoryInfo(Path.Combine(folder, "samples"))).Ticks}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
