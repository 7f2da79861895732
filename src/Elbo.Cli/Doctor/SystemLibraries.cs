using System.Runtime.InteropServices;
using System.Text;

namespace Elbo.Cli;

/// <summary>The versions of the system's C and C++ libraries, which determine whether libtorch loads on Linux.</summary>
internal static class SystemLibraries
{
    private const string VersionPrefix = "GLIBCXX_3.4.";

    private static readonly string[] LibraryFolders =
        ["/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib/aarch64-linux-gnu", "/usr/lib"];

    public static string CLibrary()
    {
        if (!OperatingSystem.IsLinux())
            return "part of the system";
        try
        {
            return $"glibc {Marshal.PtrToStringUTF8(GetLibcVersion())}";
        }
        catch (EntryPointNotFoundException)
        {
            return "not glibc";
        }
    }

    /// <summary>Returns the newest symbol version of libstdc++, read from the library itself.</summary>
    public static string CPlusPlusLibrary()
    {
        if (!OperatingSystem.IsLinux())
            return "part of the system";
        var path = LibraryFolders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);
        if (path is null)
            return "libstdc++ not found in the usual folders";
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        var newest = -1;
        for (var at = text.IndexOf(VersionPrefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(
            VersionPrefix, at + 1, StringComparison.Ordinal))
        {
            var digits = text.Skip(at + VersionPrefix.Length).TakeWhile(char.IsAsciiDigit).Take(4).ToArray();
            if (digits.Length > 0)
                newest = Math.Max(newest, int.Parse(digits));
        }

        return newest < 0 ? path : $"libstdc++ up to {VersionPrefix}{newest}";
    }

#pragma warning disable SYSLIB1054 // The generated alternative would need unsafe code in this project for one pointer.
    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GetLibcVersion();
#pragma warning restore SYSLIB1054
}
