namespace Elbo.Cli;

/// <summary>
/// The output path of a command. Existing files are never overwritten, also none that another process has written since the path was
/// chosen: the content is made in a temporary folder beside the path and moved to it.
/// </summary>
internal static class OutputFile
{
    /// <summary>Requires a path that does not exist in a folder that does, before any computation.</summary>
    public static string EnsureNew(string path)
    {
        var folder = Path.GetDirectoryName(GivenPath.Full(path))!;
        if (IsTaken(path))
            throw Taken(path);
        return Directory.Exists(folder)
            ? path
            : throw new SettingsException($"{path} cannot be written because the folder {folder} does not exist: create it first.");
    }

    /// <summary>Returns the given path, or an unused name in the run's samples folder.</summary>
    public static string Resolve(string? path, Run run, string name, string extension = ".png")
    {
        if (path is not null)
            return EnsureNew(path);
        var folder = Path.GetDirectoryName(run.Directory.SamplePath(1))!;
        var free = Path.Combine(folder, name);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"{folder} cannot be written to: {exception.Message} Choose a file elsewhere with --out.", exception);
        }

        RunFile.EnsureWritable(free + extension);
        return FirstFree(free, extension);
    }

    /// <summary>Writes an output.</summary>
    /// <param name="path">Where it is wanted, as <see cref="EnsureNew"/> or <see cref="Resolve"/> has it.</param>
    /// <param name="given">The path that the user gave; null for one that may be another, if that was taken meanwhile.</param>
    /// <param name="save">Saves to a path.</param>
    /// <returns>Where it was written.</returns>
    /// <exception cref="SettingsException">The path that the user gave was taken meanwhile.</exception>
    /// <exception cref="EnvironmentException">It cannot be written.</exception>
    public static string Write(string path, string? given, Action<string> save)
    {
        var folder = Path.GetDirectoryName(GivenPath.Full(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.partial");
        try
        {
            Directory.CreateDirectory(temporary);
            var made = Path.Combine(temporary, Path.GetFileName(path));
            save(made);
            while (!AtomicFile.TryMove(made, path))
            {
                if (given is not null)
                    throw Taken(path);
                path = FirstFree(Path.Combine(folder, Path.GetFileNameWithoutExtension(path)), Path.GetExtension(path));
            }

            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"{path} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>The first of NAME, NAME-2, NAME-3 ... that does not exist.</summary>
    public static string FirstFree(string name, string extension = "") =>
        Enumerable.Range(1, int.MaxValue - 1)
            .Select(number => number == 1 ? name + extension : $"{name}-{number}{extension}")
            .First(path => !IsTaken(path));

    private static bool IsTaken(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static SettingsException Taken(string path) =>
        new($"{path} already exists and is never overwritten: choose another file with --out.");

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The output is complete, or its error is reported.
        }
    }
}
