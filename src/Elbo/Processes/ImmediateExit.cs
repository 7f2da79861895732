using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>Ends this process at once, without destructors of libraries in which other threads compute or wait.</summary>
internal static partial class ImmediateExit
{
    public static void With(int exitCode)
    {
        if (OperatingSystem.IsWindows())
            Environment.Exit(exitCode);
        else
            Exit(exitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Exit(int status);
}
