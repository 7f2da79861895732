using System.Runtime.InteropServices;
using TorchSharp;

namespace Elbo;

/// <summary>
/// How a thread computes with denormal numbers, in float32 those below 1e-38. Processors take many times longer for each of them; flushed,
/// they count as zero. It is a setting of each thread, which the C library keeps with the rest of its floating-point environment.
/// </summary>
internal sealed unsafe partial class FloatingPointMode
{
    // fenv_t of glibc on x86-64: the control word of vector arithmetic begins at byte 28. FTZ flushes results, DAZ takes operands as zero.
    private const int EnvironmentBytes = 32;
    private const int ControlWord = 28;
    private const uint FlushToZero = 0x8000;
    private const uint DenormalsAreZero = 0x0040;

    private readonly byte[] _environment;

    private FloatingPointMode(byte[] environment) => _environment = environment;

    /// <summary>Whether the mode can be set on this system.</summary>
    public static bool CanBeSet { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>The mode of the calling thread; null where it cannot be set.</summary>
    public static FloatingPointMode? Current()
    {
        if (!CanBeSet)
            return null;
        var environment = new byte[EnvironmentBytes];
        fixed (byte* address = environment)
            _ = GetEnvironment(address);
        return new(environment);
    }

    /// <summary>
    /// Flushes denormals on the calling thread, and on those on which libtorch computes for it, until the returned object is disposed.
    /// </summary>
    /// <returns>Restores the mode that there was; null where it cannot be set.</returns>
    public static IDisposable? FlushDenormals()
    {
        if (Current() is not { } before)
            return null;
        var flushing = new FloatingPointMode([.. before._environment]);
        ref var word = ref MemoryMarshal.AsRef<uint>(flushing._environment.AsSpan(ControlWord, sizeof(uint)));
        word |= FlushToZero | DenormalsAreZero;
        flushing.ApplyToLibTorch();
        return new Restored(before);
    }

    /// <summary>Sets the mode of the calling thread.</summary>
    public void Apply()
    {
        fixed (byte* address = _environment)
            _ = SetEnvironment(address);
    }

    // The function that OpenMP calls on each thread of a team is fesetenv itself, so that no managed code runs on libtorch's threads.
    private void ApplyToLibTorch()
    {
        Apply();
        if (!NativeLibrary.TryLoad("libm.so.6", out var mathematics)
            || !NativeLibrary.TryGetExport(mathematics, "fesetenv", out var setEnvironment)
            || OpenMp() is not { } parallel)
        {
            return;
        }

        fixed (byte* address = _environment)
        {
            ((delegate* unmanaged<nint, byte*, uint, uint, void>)parallel)(
                setEnvironment, address, (uint)torch.get_num_threads(), 0);
        }
    }

    /// <summary>GOMP_parallel of the OpenMP that libtorch has loaded, or null.</summary>
    private static nint? OpenMp()
    {
        var path = File.ReadLines("/proc/self/maps")
            .FirstOrDefault(line => line.Contains("/libgomp", StringComparison.Ordinal))?.Split(' ')[^1];
        return path is not null && NativeLibrary.TryLoad(path, out var library)
            && NativeLibrary.TryGetExport(library, "GOMP_parallel", out var parallel) ? parallel : null;
    }

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetEnvironment(byte* environment);

    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(byte* environment);

    private sealed class Restored(FloatingPointMode before) : IDisposable
    {
        public void Dispose() => before.ApplyToLibTorch();
    }
}
