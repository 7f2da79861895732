using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// Limits how long the threads of libtorch spin while they wait for each other before they sleep. The default is so long that training
/// slows down by a factor of ten or more if another process uses the same cores; without spinning, training on idle cores takes twice as
/// long. docs/decisions/0003-native-runtime.md has the measurements.
/// </summary>
internal static class OpenMpWaitPolicy
{
    private const string Spins = "20000";

    /// <summary>Takes effect only before libtorch is loaded; a value set by the user is kept.</summary>
    public static void LimitSpinning()
    {
        // setenv is called directly because variables set through .NET are not visible to the C library. Only GNU OpenMP on Linux needs it.
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            _ = SetVariable("GOMP_SPINCOUNT", Spins, overwrite: 0);
    }

#pragma warning disable SYSLIB1054, CA2101 // The generated alternative would need unsafe code in this project; both strings are ASCII.
    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
#pragma warning restore SYSLIB1054, CA2101
}
