using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The devices by name: <c>cpu</c>, <c>cuda</c> for the first GPU, and <c>cuda:N</c> for the GPU N, counted from 0.</summary>
public static class Devices
{
    /// <summary>The processor.</summary>
    public const string Cpu = "cpu";

    /// <summary>The first CUDA device.</summary>
    public const string Cuda = "cuda";

    private const string CudaWithIndex = Cuda + ":";

    /// <summary>Their names, for <see cref="TrainerOptions.Device"/>; <c>cuda</c> may be followed by <c>:N</c>.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [Cpu, Cuda];

    /// <summary>The number of CUDA devices that the libtorch in use can compute on; 0 where it was built without CUDA.</summary>
    public static int CudaCount => cuda_is_available() ? cuda.device_count() : 0;

    /// <summary>The device of a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The device of TorchSharp.</returns>
    /// <exception cref="SettingsException">There is no such name.</exception>
    /// <exception cref="EnvironmentException">This machine has no such device, or libtorch was built without it.</exception>
    public static Device Find(string name)
    {
        if (IndexOf(NameOf(name)) is not { } index)
            return CPU;
        var count = CudaCount;
        if (index < count)
            return new Device(DeviceType.CUDA, index);
        throw new EnvironmentException(
            (count, LibTorchFolder.InUse) switch
            {
                (0, null) => "No CUDA device is available, because the libtorch in use is for the CPU: set "
                    + $"{LibTorchFolder.Variable} to the folder of one with CUDA, or choose the Device '{Cpu}'.",
                (0, { } folder) => $"The libtorch in {folder} finds no CUDA device: set {LibTorchFolder.Variable} to one with CUDA on a "
                    + $"machine with a GPU, or choose the Device '{Cpu}'.",
                (1, _) => $"There is no Device '{CudaWithIndex}{index}', because this machine has one GPU: choose '{Cuda}'.",
                _ => $"There is no Device '{CudaWithIndex}{index}', because this machine has {count} GPUs: choose one of "
                    + $"'{CudaWithIndex}0' to '{CudaWithIndex}{count - 1}'.",
            });
    }

    /// <summary>What a device is: the processor, or the name and the memory of a GPU.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>A phrase such as <c>NVIDIA H100 80GB HBM3, 79.2 GiB</c>.</returns>
    /// <exception cref="SettingsException">There is no such name.</exception>
    /// <exception cref="EnvironmentException">This machine has no such device, or libtorch was built without it.</exception>
    public static string Describe(string name)
    {
        var device = Find(name);
        if (device.type == DeviceType.CPU)
            return MachineDescription.ProcessorName();
        return CudaDriver.Find(device.index) is { } gpu
            ? string.Create(CultureInfo.InvariantCulture, $"{gpu.Name}, {gpu.Memory / (double)(1L << 30):0.0} GiB")
            : "a GPU whose driver does not say more";
    }

    /// <summary>The name as it is recorded, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name)
    {
        if (Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;
        return name.StartsWith(CudaWithIndex, StringComparison.OrdinalIgnoreCase)
            && byte.TryParse(name.AsSpan(CudaWithIndex.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? $"{CudaWithIndex}{index}"
            : throw new SettingsException(
                $"Unknown device '{name}': choose one of {string.Join(", ", Names)}, or {CudaWithIndex}N for the GPU N.");
    }

    /// <summary>The memory of a device in bytes, as far as the system says; null where it does not.</summary>
    internal static long? MemoryOf(Device device) => device.type == DeviceType.CPU
        ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes
        : CudaDriver.Find(device.index)?.Memory;

    // Of a name as it is recorded.
    private static int? IndexOf(string name) => name switch
    {
        Cpu => null,
        Cuda => 0,
        _ => int.Parse(name.AsSpan(CudaWithIndex.Length), CultureInfo.InvariantCulture),
    };
}
