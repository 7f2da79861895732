namespace Elbo.Cli;

/// <summary>Where a verb writes its result: never over something that exists.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a path before any work is done for it.</summary>
    public static string RequireNew(string path)
    {
        var folder = Path.GetDirectoryName(GivenPath.Full(path))!;
        if (File.Exists(path) || Directory.Exists(path))
            throw new ConfigurationException($"{path} exists already and is never overwritten: name another file with --out.");
        return Directory.Exists(folder)
            ? path
            : throw new ConfigurationException($"{path} cannot be written because the folder {folder} does not exist: create it first.");
    }

    /// <summary>The path that is asked for, or else a name in the run's folder of samples that is not taken yet.</summary>
    public static string Resolve(string? path, Run run, string name, string extension = ".png")
    {
        if (path is not null)
            return RequireNew(path);
        var folder = Path.Combine(run.Folder, "samples");
        Directory.CreateDirectory(folder);
        return FirstFree(Path.Combine(folder, name), extension);
    }

    /// <summary>The first of NAME, NAME-2, NAME-3 ... that does not exist.</summary>
    public static string FirstFree(string name, string extension = "") =>
        Enumerable.Range(1, int.MaxValue - 1)
            .Select(number => number == 1 ? name + extension : $"{name}-{number}{extension}")
            .First(path => !File.Exists(path) && !Directory.Exists(path));
}
