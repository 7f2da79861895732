using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// Makes the C library retain memory that libtorch frees. Each training step allocates and frees the same few megabytes; by default glibc
/// returns them to the system and requests them again, and the page faults take a fifth of the time
/// (docs/decisions/0003-native-runtime.md).
/// </summary>
internal static class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    // More than a training frees at once.
    private const int TrimThresholdBytes = 1 << 30;

    // The maximum that glibc accepts.
    private const int MapThresholdBytes = 32 << 20;

    /// <summary>Takes effect with glibc only; other C libraries are left unchanged.</summary>
    public static void RetainFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(TrimThreshold, TrimThresholdBytes);
            _ = SetOption(MapThreshold, MapThresholdBytes);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, without this function.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
