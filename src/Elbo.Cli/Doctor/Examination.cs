using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Elbo.Cli;

/// <summary>Everything that is looked at, in the order in which it is shown. No check can keep the others from being made.</summary>
internal static class Examination
{
    private const long LeastDiskBytes = 200L << 20;

    private static readonly (string Name, Func<Finding> Look)[] Always =
    [
        ("machine", () => new("machine", $"{RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.ProcessArchitecture}")),
        ("system", () => new("system", RuntimeInformation.OSDescription)),
        ("processor", () => new("processor", $"{MachineDescription.ProcessorName()}, {Environment.ProcessorCount} cores")),
        ("memory", () => new("memory", Gigabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes))),
        (".NET", () => new(".NET", RuntimeInformation.FrameworkDescription)),
        ("Elbo", () => new("Elbo", MachineDescription.VersionOf(typeof(Run)))),
        ("TorchSharp", () => new("TorchSharp", MachineDescription.VersionOf(typeof(torch)))),
        ("C library", () => new("C library", SystemLibraries.CLibrary())),
        ("C++ library", () => new("C++ library", SystemLibraries.CPlusPlusLibrary())),
        ("native library", NativeLibraryFinding),
        ("data", () => new("data", DescribeBundledData())),
        ("current folder", CurrentFolder),
        ("disk", Disk),
    ];

    private static readonly (string Name, Func<Finding> Look)[] WithTorch =
    [
        ("libtorch", () => new("libtorch", LibTorchVersion())),
        ("threads", () => new("threads", LibTorchThreads())),
        ("CUDA", () => new("CUDA", SeesCuda() ? "seen" : "not seen (the CPU is used)")),
    ];

    public static IReadOnlyList<Finding> Findings()
    {
        var findings = Always.Select(check => Look(check.Name, check.Look)).ToList();
        var native = findings.FindIndex(finding => finding.Name == "native library");
        if (findings[native].Problem is null)
            findings.InsertRange(native + 1, WithTorch.Select(check => Look(check.Name, check.Look)));
        return findings;
    }

    private static Finding Look(string name, Func<Finding> look)
    {
        try
        {
            return look();
        }
        catch (ElboException exception)
        {
            return new Finding(name, "not usable", exception.Message);
        }
#pragma warning disable CA1031 // A doctor that falls over what it examines is of no use.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Finding(name, "cannot be told", ErrorReport.SentenceOf(exception));
        }
    }

    private static Finding NativeLibraryFinding() =>
        NativeLibraryProbe.Failure() is { } failure
            ? new("native library", "does not work", failure)
            : new("native library", "loads and computes");

    private static string DescribeBundledData()
    {
        var mnist = Mnist.Load();
        return $"{mnist.Name}, {mnist.Train.Count} + {mnist.Test.Count} images, as published (SHA-256)";
    }

    private static Finding CurrentFolder()
    {
        var folder = Environment.CurrentDirectory;
        var probe = Path.Combine(folder, $".elbo-{Guid.NewGuid():N}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }

            return new Finding("current folder", $"{folder}, writable");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                "current folder", $"{folder}, not writable", $"Nothing can be written to {folder}: change to a folder of your own.");
        }
    }

    private static Finding Disk()
    {
        var free = new DriveInfo(Environment.CurrentDirectory).AvailableFreeSpace;
        return new Finding(
            "disk",
            $"{Gigabytes(free)} free",
            free >= LeastDiskBytes ? null : "There is hardly any room on this disk: free some before you train.");
    }

    private static string Gigabytes(long bytes) => $"{bytes / (double)(1L << 30):0.0} GiB";

    // Apart and not inlined, so that nothing of libtorch is loaded before it is known to load.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string LibTorchVersion() =>
        LibTorchFolder.InUse is { } folder ? $"{torch.__version__}, from {folder}" : torch.__version__;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string LibTorchThreads() => $"{torch.get_num_threads()} by default";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool SeesCuda() => torch.cuda_is_available();
}
