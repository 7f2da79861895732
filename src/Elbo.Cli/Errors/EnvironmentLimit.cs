namespace Elbo.Cli;

/// <summary>Recognises what a system refuses when a limit of it is reached.</summary>
internal static class EnvironmentLimit
{
    private const int TooManyFiles = 24;
    private const int NoMemory = 12;
    private const int FilesOfALibrary = 8;

    /// <summary>A sentence about the limit that an exception or its cause is about; null if it is about none.</summary>
    public static string? Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (ExplainOne(cause) is { } sentence)
                return sentence;
        }

        return null;
    }

    private static string? ExplainOne(Exception exception) => exception switch
    {
        IOException io when AtomicFile.IsDiskFull(io) => "The disk is full: free some space and try again.",
        OutOfMemoryException or InsufficientExecutionStackException => OutOfMemory,
        IOException { HResult: NoMemory } => OutOfMemory,
        IOException { HResult: TooManyFiles } when !OperatingSystem.IsWindows() => TooManyOpenFiles,
        System.Runtime.InteropServices.ExternalException when exception.Message.Contains("CUDA out of memory", StringComparison.Ordinal) =>
            OutOfGpuMemory,
        // Of libtorch, which reports every error alike.
        System.Runtime.InteropServices.ExternalException when exception.Message.Contains("can't allocate memory", StringComparison.Ordinal)
            || exception.Message.Contains("not enough memory", StringComparison.Ordinal)
            || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) => OutOfMemory,
        _ => null,
    };

    /// <summary>A sentence if this process cannot open the few files now that a library takes; null if it can.</summary>
    public static string? ExplainFiles()
    {
        if (OperatingSystem.IsWindows())
            return null;
        var opened = new List<IDisposable>();
        try
        {
            for (var i = 0; i < FilesOfALibrary; i++)
                opened.Add(File.OpenHandle("/dev/null"));
            return null;
        }
        catch (IOException exception)
        {
            return ExplainOne(exception);
        }
        finally
        {
            opened.ForEach(file => file.Dispose());
        }
    }

    private const string OutOfMemory = "Not enough memory is available: request fewer images, a smaller model or a smaller batch.";
    private const string OutOfGpuMemory =
        "The memory of the GPU does not suffice: request fewer images or a smaller model, end what else uses the GPU, or use --device cpu.";

    private const string TooManyOpenFiles = "Too many files are open: raise the limit, which 'ulimit -n' shows.";
}
