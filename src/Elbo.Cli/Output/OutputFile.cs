namespace Elbo.Cli;

/// <summary>The output path of a command. Existing files are never overwritten.</summary>
internal static class OutputFile
{
    /// <summary>Requires a path that does not exist in a folder that does, before any computation.</summary>
    public static string EnsureNew(string path)
    {
        var folder = Path.GetDirectoryName(GivenPath.Full(path))!;
        if (File.Exists(path) || Directory.Exists(path))
            throw new SettingsException($"{path} already exists and is never overwritten: choose another file with --out.");
        return Directory.Exists(folder)
            ? path
            : throw new SettingsException($"{path} cannot be written because the folder {folder} does not exist: create it first.");
    }

    /// <summary>Returns the given path, or an unused name in the run's samples folder.</summary>
    public static string Resolve(string? path, Run run, string name, string extension = ".png")
    {
        if (path is not null)
            return EnsureNew(path);
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
