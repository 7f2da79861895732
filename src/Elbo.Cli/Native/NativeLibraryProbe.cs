using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Elbo.Cli;

/// <summary>
/// Checks whether libtorch loads, before its first use.
/// </summary>
/// <remarks>
/// If the library fails to load, TorchSharp reports a hint about packages whatever the reason, after copying half a gigabyte into a folder
/// next to the program. This class therefore loads the library first, by its path, and reports the loader's own reason.
/// </remarks>
internal static class NativeLibraryProbe
{
    // In the order in which .NET looks for them: on Linux the copy that Elbo makes is loaded where TorchSharp's file is not
    // (docs/decisions/0033-packages.md).
    private static readonly string[] FileNames = OperatingSystem.IsWindows() ? ["LibTorchSharp.dll"]
        : OperatingSystem.IsMacOS() ? ["libLibTorchSharp.dylib"]
        : ["libLibTorchSharp.so", "LibTorchSharp.so"];

    private const string Rebuild = "build or publish Elbo again, and keep the files of its output folder together";

    /// <summary>
    /// Returns null if libtorch works, otherwise one sentence with the problem and the remedy. Never throws and prints nothing.
    /// </summary>
    public static string? Failure() =>
        AddressSpace.Problem() ?? FailureToUseNamedFolder() ?? FailureToLoad(SearchedFolders()) ?? FailureToCompute();

    private static string? FailureToUseNamedFolder()
    {
        try
        {
            LibTorchFolder.UseNamed();
            return null;
        }
        catch (EnvironmentException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Searches for the library in these folders and loads it: the part of <see cref="Failure()"/> that tests call.</summary>
    internal static string? FailureToLoad(IEnumerable<string> folders)
    {
        string[] searched = [.. folders];
        string[] paths = [.. FileNames.SelectMany(name => searched.Select(folder => Path.Combine(folder, name))).Where(File.Exists)];
        if (paths.Length == 0)
        {
            return IsSupportedPlatform()
                ? $"The native library {FileNames[0]} is missing from {searched.FirstOrDefault()}: {Rebuild}."
                : $"libtorch does not support {RuntimeInformation.RuntimeIdentifier}: use Elbo on Linux x64, Windows x64 or macOS arm64.";
        }

        if (paths.SkipLast(1).Any(path => NativeLibrary.TryLoad(path, out _)))
            return null;
        try
        {
            NativeLibrary.Load(paths[^1]);
            return null;
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            return $"The native library {paths[^1]} does not load ({LoaderReason(problem.Message)}): {RemedyFor(problem.Message)}.";
        }
    }

    private static string RemedyFor(string reason) => reason.Contains("GLIBC", StringComparison.Ordinal)
        ? "this system's C or C++ library is too old; use Debian 12 or a newer system, and keep LibTorchSharp.so beside libLibTorchSharp.so"
        : Rebuild;

    /// <summary>The last line is the loader's message; the lines before it are the .NET runtime's advice for developers.</summary>
    private static string LoaderReason(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";

    /// <summary>Called only after the library has been loaded, because a failure in TorchSharp's own loader is costly.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? FailureToCompute()
    {
        try
        {
            using torch.Tensor one = torch.ones(1);
            return one.item<float>() == 1 ? null : $"libtorch computes incorrect results on this machine: {Rebuild}.";
        }
#pragma warning disable CA1031 // Any failure is reported as one sentence instead of a stack trace.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return $"libtorch loads but does not start ({problem.GetBaseException().Message.ReplaceLineEndings(" ")}): {Rebuild}.";
        }
    }

    private static IEnumerable<string> SearchedFolders()
    {
        string additional = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return [AppContext.BaseDirectory, .. additional.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];
    }

    private static bool IsSupportedPlatform() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => OperatingSystem.IsLinux() || OperatingSystem.IsWindows(),
        Architecture.Arm64 => OperatingSystem.IsMacOS(),
        _ => false,
    };
}
