using System.Runtime.InteropServices;

namespace Elbo.Packages.Tests;

/// <summary>The one platform whose packages are run.</summary>
internal static class LinuxX64
{
    public static bool IsHere => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static void SkipElsewhere() => Assert.SkipUnless(IsHere, "only the packages for Linux on x64 are run");
}
