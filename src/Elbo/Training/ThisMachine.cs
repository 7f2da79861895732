using System.Runtime.InteropServices;
using TorchSharp;

namespace Elbo;

/// <summary>The machine on which this program runs.</summary>
public static class ThisMachine
{
    /// <summary>Describes it, with the number of threads that libtorch has now.</summary>
    /// <param name="processes">The processes that share a training; null for this one alone.</param>
    /// <returns>The description.</returns>
    public static MachineDescription Describe(IProcessGroup? processes = null) => new()
    {
        Processor = MachineDescription.ProcessorName(),
        OperatingSystem = RuntimeInformation.OSDescription,
        Elbo = VersionOf(typeof(MachineDescription)),
        DotNet = RuntimeInformation.FrameworkDescription,
        TorchSharp = VersionOf(typeof(torch)),
        LibTorch = torch.__version__,
        Threads = torch.get_num_threads(),
        Processes = processes is { Count: > 1 and var count } ? count : null,
        EnvironmentVariables = NumericEnvironment.Read(),
    };

    private static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
