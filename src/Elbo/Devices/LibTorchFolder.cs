using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>
/// Loads a libtorch other than the bundled one, for example one with CUDA, from the folder of a libtorch download or of an installed Python
/// package <c>torch</c>. It must have the version that TorchSharp was made for, or a later one.
/// </summary>
public static partial class LibTorchFolder
{
    /// <summary>
    /// The environment variable with the folder, for the command line and for programs that call <see cref="UseNamed"/>.
    /// </summary>
    public const string Variable = "ELBO_LIBTORCH";

    // Of the libtorch that TorchSharp was made for. Later ones have so far had all that it calls, and what fails is said by elbo doctor.
    private static readonly Version MadeFor = new(2, 10);

    // In dependency order; a build without CUDA lacks some of them.
    private static readonly string[] Libraries = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];

    /// <summary>The folder in use, or null for the bundled libtorch.</summary>
    public static string? InUse { get; private set; }

    /// <summary>A sentence where the libtorch in use has another version than TorchSharp was made for; else null.</summary>
    public static string? VersionNote { get; private set; }

    /// <summary>Uses the folder given by <see cref="Variable"/>, if it is set. Call this before the first use of TorchSharp.</summary>
    /// <exception cref="EnvironmentException">The folder has no libtorch of the required version, or the library does not load.</exception>
    public static void UseNamed()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
            Use(folder);
    }

    /// <summary>Uses the libtorch in a folder. Call this before the first use of TorchSharp.</summary>
    /// <param name="folder">The folder that contains <c>lib</c>.</param>
    /// <exception cref="EnvironmentException">The folder has no libtorch of the required version, or the library does not load.</exception>
    public static void Use(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (InUse == folder)
            return;
        var version = VersionOf(folder) ?? throw new EnvironmentException(
            $"{Variable} is {folder}, which is not a libtorch folder: set it to the folder with lib and build-version, or unset it.");
        if (Parse(version) is not { } parsed || parsed < MadeFor)
        {
            throw new EnvironmentException(
                $"The libtorch in {folder} has version {version}, but {MadeFor} or later is required: choose another folder, or unset "
                + $"{Variable}.");
        }

        foreach (var path in Libraries.Select(name => Path.Combine(folder, "lib", FileName(name))).Where(File.Exists))
            Load(path);
        InUse = folder;
        VersionNote = parsed == MadeFor
            ? null
            : $"The libtorch in {folder} has version {version}, and TorchSharp was made for {MadeFor}.";
    }

    // The two numbers that a version begins with.
    private static Version? Parse(string version) =>
        VersionNumbers().Match(version) is { Success: true } match && Version.TryParse(match.Value, out var parsed) ? parsed : null;

    private static void Load(string path)
    {
        try
        {
            // TorchSharp's own library binds to a library of this name that is already loaded in the process.
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

    [GeneratedRegex(@"^\d+\.\d+")]
    private static partial Regex VersionNumbers();

    [GeneratedRegex("^__version__ = '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex VersionInPackage();
}
