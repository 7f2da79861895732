using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The devices by name.</summary>
public static class Devices
{
    /// <summary>The processor.</summary>
    public const string Cpu = "cpu";

    /// <summary>The first CUDA device.</summary>
    public const string Cuda = "cuda";

    /// <summary>Their names, for <see cref="TrainerOptions.Device"/>.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [Cpu, Cuda];

    /// <summary>The device of a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The device of TorchSharp.</returns>
    /// <exception cref="SettingsException">There is none.</exception>
    /// <exception cref="EnvironmentException">This machine has none, or libtorch was built without it.</exception>
    public static Device Find(string name) => NameOf(name) switch
    {
        Cpu => CPU,
        _ when cuda_is_available() => CUDA,
        _ => throw new EnvironmentException(
            $"No CUDA device is available: set a libtorch with CUDA in {LibTorchFolder.Variable}, or choose the Device 'cpu'."),
    };

    /// <summary>The name as it is recorded, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) =>
        Names.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new SettingsException($"Unknown device '{name}': choose one of {string.Join(", ", Names)}.");
}
