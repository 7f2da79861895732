using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Elbo.Cli;

/// <summary>The checks of <c>elbo doctor</c>, in the order of display. A failed check does not prevent the others from running.</summary>
internal static class DiagnosticChecks
{
    private const long MinFreeDiskBytes = 200L << 20;

    private static readonly (string Name, Func<CheckResult> Run)[] BasicChecks =
    [
        ("machine", () => new("machine", $"{RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.ProcessArchitecture}")),
        ("system", () => new("system", RuntimeInformation.OSDescription)),
        ("processor", () => new("processor", $"{MachineDescription.ProcessorName()}, {Environment.ProcessorCount} cores")),
        ("memory", () => new("memory", Gigabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes))),
        (".NET", () => new(".NET", RuntimeInformation.FrameworkDescription)),
        ("Elbo", () => new("Elbo", VersionOf(typeof(Run)))),
        ("TorchSharp", () => new("TorchSharp", VersionOf(typeof(torch)))),
        ("C library", () => new("C library", SystemLibraries.CLibrary())),
        ("C++ library", () => new("C++ library", SystemLibraries.CPlusPlusLibrary())),
        ("native library", CheckNativeLibrary),
        ("data", () => new("data", DescribeBundledData())),
        ("current folder", CheckCurrentFolder),
        ("disk", CheckDisk),
    ];

    private static readonly (string Name, Func<CheckResult> Run)[] LibTorchChecks =
    [
        ("libtorch", () => new("libtorch", LibTorchVersion())),
        ("threads", () => new("threads", LibTorchThreads())),
        ("CUDA", GpuCheck.Run),
    ];

    public static IReadOnlyList<CheckResult> RunAll()
    {
        var results = BasicChecks.Select(check => RunCheck(check.Name, check.Run)).ToList();
        var native = results.FindIndex(result => result.Name == "native library");
        if (results[native].Problem is null)
            results.InsertRange(native + 1, LibTorchChecks.Select(check => RunCheck(check.Name, check.Run)));
        return results;
    }

    private static CheckResult RunCheck(string name, Func<CheckResult> check)
    {
        try
        {
            return check();
        }
        catch (ElboException exception)
        {
            return new CheckResult(name, "not usable", exception.Message);
        }
#pragma warning disable CA1031 // A check that throws is reported as failed; the other checks still run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new CheckResult(name, "unknown", ErrorReport.MessageOf(exception));
        }
    }

    private static CheckResult CheckNativeLibrary() =>
        NativeLibraryProbe.Failure() is { } failure
            ? new("native library", "does not work", failure)
            : new("native library", "loads and computes");

    private static string DescribeBundledData()
    {
        var mnist = Mnist.Load();
        return $"{mnist.Name}, {mnist.Train.Count} + {mnist.Test.Count} images, as published (SHA-256)";
    }

    private static CheckResult CheckCurrentFolder()
    {
        var folder = Environment.CurrentDirectory;
        var probe = Path.Combine(folder, $".elbo-{Guid.NewGuid():N}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }

            return new CheckResult("current folder", $"{folder}, writable");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new CheckResult(
                "current folder", $"{folder}, not writable", $"The folder {folder} is not writable: change to a writable folder.");
        }
    }

    private static CheckResult CheckDisk()
    {
        var free = new DriveInfo(Environment.CurrentDirectory).AvailableFreeSpace;
        return new CheckResult(
            "disk",
            $"{Gigabytes(free)} free",
            free >= MinFreeDiskBytes ? null : "The disk is almost full: free some space before training.");
    }

    private static string Gigabytes(long bytes) => $"{bytes / (double)(1L << 30):0.0} GiB";

    // In separate methods that are not inlined, so that TorchSharp is not initialized before the native library check has passed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string LibTorchVersion()
    {
        var version = LibTorchFolder.InUse is { } folder ? $"{torch.__version__}, from {folder}" : torch.__version__;
        return LibTorchFolder.VersionNote is { } note ? $"{version}. {note}" : version;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string LibTorchThreads() => $"{torch.get_num_threads()} by default";

    private static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
