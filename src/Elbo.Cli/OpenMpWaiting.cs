using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// Lets the threads of libtorch sleep while they wait for each other. By default they spin, which gains nothing on a machine with nothing
/// else to do, and costs a factor of ten and more where another process wants the same cores.
/// </summary>
internal static class OpenMpWaiting
{
    /// <summary>Has an effect only before libtorch is loaded; what the user has set stays.</summary>
    public static void Sleep()
    {
        // The variable must reach the C library, which does not see those that .NET sets. Only GNU's OpenMP, on Linux, is known to need it.
        if (OperatingSystem.IsLinux())
            _ = SetVariable("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
    }

#pragma warning disable SYSLIB1054, CA2101 // The generated alternative would need unsafe code in this project; both texts are ASCII.
    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
#pragma warning restore SYSLIB1054, CA2101
}
