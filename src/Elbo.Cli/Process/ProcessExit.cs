using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>Ends the process immediately.</summary>
internal static class ProcessExit
{
    public static void Immediately(int exitCode)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\e[?25h"); // Shows the cursor, which a live display hides.
        // Environment.Exit would run the destructors of libtorch while another thread is computing in it.
        if (OperatingSystem.IsWindows())
            Environment.Exit(exitCode);
        else
            ExitUnix(exitCode);
    }

#pragma warning disable SYSLIB1054 // The generated alternative would need unsafe code in this project for one integer.
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitUnix(int status);
#pragma warning restore SYSLIB1054
}
