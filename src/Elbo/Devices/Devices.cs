using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The devices by name.</summary>
internal static class Devices
{
    public static IReadOnlyCollection<string> Names { get; } = ["cpu", "cuda"];

    public static Device Find(string name) => name switch
    {
        "cpu" => CPU,
        "cuda" when cuda_is_available() => CUDA,
        "cuda" => throw new EnvironmentException(
            $"No CUDA device is available: set a libtorch with CUDA in {LibTorchFolder.Variable}, or choose the Device 'cpu'."),
        _ => throw new SettingsException($"Unknown device '{name}': choose one of {string.Join(", ", Names)}."),
    };
}
