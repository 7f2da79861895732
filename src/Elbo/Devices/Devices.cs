using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The devices by name.</summary>
public static class Devices
{
    /// <summary>Their names, for <see cref="TrainerOptions.Device"/>.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["cpu", "cuda"];

    /// <summary>The device of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The device of TorchSharp.</returns>
    /// <exception cref="SettingsException">There is none.</exception>
    /// <exception cref="EnvironmentException">This machine has none, or libtorch was built without it.</exception>
    public static Device Find(string name) => name switch
    {
        "cpu" => CPU,
        "cuda" when cuda_is_available() => CUDA,
        "cuda" => throw new EnvironmentException(
            $"No CUDA device is available: set a libtorch with CUDA in {LibTorchFolder.Variable}, or choose the Device 'cpu'."),
        _ => throw new SettingsException($"Unknown device '{name}': choose one of {string.Join(", ", Names)}."),
    };
}
