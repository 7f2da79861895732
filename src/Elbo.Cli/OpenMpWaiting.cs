using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// Bounds how long the threads of libtorch spin while they wait for each other before they sleep. By default that is so long that training
/// slows down by a factor of ten and more where another process wants the same cores; not spinning at all halves the speed where none does.
/// docs/decisions/0003-native-runtime.md has the figures.
/// </summary>
internal static class OpenMpWaiting
{
    private const string Spins = "20000";

    /// <summary>Has an effect only before libtorch is loaded; what the user has set stays.</summary>
    public static void BoundSpinning()
    {
        // The variable must reach the C library, which does not see those that .NET sets. Only GNU's OpenMP, on Linux, is known to need it.
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            _ = SetVariable("GOMP_SPINCOUNT", Spins, overwrite: 0);
    }

#pragma warning disable SYSLIB1054, CA2101 // The generated alternative would need unsafe code in this project; both texts are ASCII.
    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
#pragma warning restore SYSLIB1054, CA2101
}
