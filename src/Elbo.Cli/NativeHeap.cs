using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// Lets the C library keep what libtorch frees. Each training step takes and frees the same few megabytes; by default glibc hands them back to
/// the system and asks for them again, and the page faults cost a fifth of the time (docs/decisions/0003-native-runtime.md).
/// </summary>
internal static class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    // The most that glibc accepts for the second; for the first, more than a training ever frees at once.
    private const int KeptBytes = 1 << 30;
    private const int MappedFromBytes = 32 << 20;

    /// <summary>Has an effect with glibc; where the C library is another one, nothing happens.</summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(TrimThreshold, KeptBytes);
            _ = SetOption(MapThreshold, MappedFromBytes);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, without this function: it has its own ways.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
