using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>
/// Uses another libtorch than the one that was built in, such as one with CUDA: the folder of a libtorch download, or of an installed Python
/// package <c>torch</c>. It must be of the version that TorchSharp was made for.
/// </summary>
public static partial class LibTorchFolder
{
    /// <summary>The environment variable that names the folder, for the command line and for programs that call <see cref="UseNamed"/>.</summary>
    public const string Variable = "ELBO_LIBTORCH";

    private const string Version = "2.10.";

    // What the others depend on comes first; a build without CUDA lacks some.
    private static readonly string[] Libraries = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];

    /// <summary>The folder in use, or null for the libtorch that was built in.</summary>
    public static string? InUse { get; private set; }

    /// <summary>Uses the folder that <see cref="Variable"/> names, where it is set. Call it before anything of TorchSharp is touched.</summary>
    /// <exception cref="EnvironmentException">There is no libtorch of the right version in that folder, or it does not load.</exception>
    public static void UseNamed()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
            Use(folder);
    }

    /// <summary>Uses the libtorch of a folder. Call it before anything of TorchSharp is touched.</summary>
    /// <param name="folder">The folder that holds <c>lib</c>.</param>
    /// <exception cref="EnvironmentException">There is no libtorch of the right version in that folder, or it does not load.</exception>
    public static void Use(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (InUse == folder)
            return;
        var version = VersionOf(folder) ?? throw new EnvironmentException(
            $"{Variable} names {folder}, but there is no libtorch: name the folder that holds lib and build-version, or unset it.");
        if (!version.StartsWith(Version, StringComparison.Ordinal))
        {
            throw new EnvironmentException(
                $"The libtorch in {folder} is of version {version}, but {Version}x is needed: choose another folder, or unset {Variable}.");
        }

        foreach (var path in Libraries.Select(name => Path.Combine(folder, "lib", FileName(name))).Where(File.Exists))
            Load(path);
        InUse = folder;
    }

    private static void Load(string path)
    {
        try
        {
            // Once a library of this name is in the process, it is the one that TorchSharp's own library is bound to.
            NativeLibrary.Load(path);
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            var reason = problem.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Last();
            throw new EnvironmentException($"{path} does not load ({reason}): choose another libtorch, or unset {Variable}.", problem);
        }
    }

    private static string? VersionOf(string folder)
    {
        try
        {
            if (!File.Exists(Path.Combine(folder, "lib", FileName("torch_cpu"))))
                return null;
            var download = Path.Combine(folder, "build-version");
            if (File.Exists(download))
                return File.ReadAllText(download).Trim();
            var package = Path.Combine(folder, "version.py");
            return File.Exists(package) && VersionInPackage().Match(File.ReadAllText(package)) is { Success: true } match
                ? match.Groups[1].Value
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string FileName(string library) => OperatingSystem.IsWindows() ? $"{library}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib"
        : $"lib{library}.so";

    [GeneratedRegex("^__version__ = '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex VersionInPackage();
}
