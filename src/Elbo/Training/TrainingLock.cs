namespace Elbo;

/// <summary>
/// Allows one training of a run at a time, also across processes. The system releases the lock however a process ends. The empty file
/// is kept: removing it could remove the lock of a training that has just started.
/// </summary>
internal static class TrainingLock
{
    private const string FileName = "training.lock";

    /// <summary>Locks a run directory until the returned object is disposed.</summary>
    /// <exception cref="SettingsException">Another training holds the lock.</exception>
    /// <exception cref="EnvironmentException">The folder is not writable.</exception>
    public static IDisposable Take(RunDirectory directory)
    {
        try
        {
            return new FileStream(
                Path.Combine(directory.Folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new SettingsException(
                $"The run {directory.Folder} is being trained right now: wait for its end, or stop it first.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The run {directory.Folder} cannot be written to: {exception.Message}", exception);
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Elsewhere .NET reports errno: EWOULDBLOCK, by system.
    private static bool IsHeld(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult == unchecked((int)0x80070020)
        : exception.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
