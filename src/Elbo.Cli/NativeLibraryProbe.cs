using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Elbo.Cli;

/// <summary>
/// Finds out whether libtorch loads, before anything touches it.
/// </summary>
/// <remarks>
/// TorchSharp answers a library that does not load with a hint about packages, whatever the reason is, after copying half a gigabyte into a
/// folder beside the program. So the library is loaded here first, by its path, and the loader's own reason is what the user reads.
/// </remarks>
internal static class NativeLibraryProbe
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "LibTorchSharp.dll"
        : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib"
        : "libLibTorchSharp.so";

    private const string BuildAnew = "build or publish Elbo anew, and keep the files of its output folder together";

    /// <summary>Null when libtorch works, else one sentence: what is wrong and what to do. Never throws and prints nothing.</summary>
    public static string? Failure() => FailureToUseNamedFolder() ?? FailureToLoad(SearchedFolders()) ?? FailureToCompute();

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

    /// <summary>The part of <see cref="Failure()"/> that looks for the library in these folders and loads it.</summary>
    internal static string? FailureToLoad(IEnumerable<string> folders)
    {
        string[] searched = [.. folders];
        string? path = searched.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return IsSupportedPlatform()
                ? $"The native library {FileName} is missing in {searched.FirstOrDefault()}: {BuildAnew}."
                : $"There is no libtorch for {RuntimeInformation.RuntimeIdentifier}: use Elbo on Linux x64, Windows x64 or macOS arm64.";
        }

        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            return $"The native library {path} does not load ({LoaderReason(problem.Message)}): {WhatToDo(problem.Message)}.";
        }
    }

    private static string WhatToDo(string reason) => reason.Contains("GLIBC", StringComparison.Ordinal)
        ? "this system's C or C++ library is too old; use a system as new as Debian 12 and the copy of this file that Elbo's build makes"
        : BuildAnew;

    /// <summary>The last line is the loader's own; the lines before it are the runtime's advice for programmers.</summary>
    private static string LoaderReason(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";

    /// <summary>Only called once the library is loaded, because a failure within TorchSharp's own loader is costly.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? FailureToCompute()
    {
        try
        {
            using torch.Tensor one = torch.ones(1);
            return one.item<float>() == 1 ? null : $"libtorch computes wrongly on this machine: {BuildAnew}.";
        }
#pragma warning disable CA1031 // Whatever fails here, the user is to read one sentence instead of a stack trace.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return $"libtorch loads but does not start ({problem.GetBaseException().Message.ReplaceLineEndings(" ")}): {BuildAnew}.";
        }
    }

    private static IEnumerable<string> SearchedFolders()
    {
        string others = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return [AppContext.BaseDirectory, .. others.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];
    }

    private static bool IsSupportedPlatform() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => OperatingSystem.IsLinux() || OperatingSystem.IsWindows(),
        Architecture.Arm64 => OperatingSystem.IsMacOS(),
        _ => false,
    };
}
