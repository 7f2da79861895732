using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>What bitwise reproducibility depends on besides the seed: the processor, the builds and the number of threads.</summary>
public sealed record MachineDescription
{
    /// <summary>The name of the processor.</summary>
    public required string Processor { get; init; }

    /// <summary>The operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The version of Elbo.</summary>
    public required string Elbo { get; init; }

    /// <summary>The version of .NET.</summary>
    public required string DotNet { get; init; }

    /// <summary>The version of TorchSharp.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string LibTorch { get; init; }

    /// <summary>The number of threads of libtorch.</summary>
    public required int Threads { get; init; }

    /// <summary>The number of processes that shared the training; null for a single one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Processes { get; init; }

    /// <summary>
    /// The environment variables that choose instructions, threads or precisions of the numerical libraries, such as MKL_CBWR, each as
    /// <c>NAME=value</c>; null if none is set.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? EnvironmentVariables { get; init; }

    /// <summary>The differences from another machine that can change the last bits of a result.</summary>
    /// <param name="other">The other machine.</param>
    /// <returns>A phrase for each difference.</returns>
    public IEnumerable<string> DifferencesFrom(MachineDescription other)
    {
        if (Processor != other.Processor)
            yield return $"the processor ({other.Processor} then, {Processor} now)";
        if (Elbo != other.Elbo)
            yield return $"Elbo ({other.Elbo} then, {Elbo} now)";
        if (TorchSharp != other.TorchSharp || LibTorch != other.LibTorch)
            yield return $"libtorch ({other.LibTorch} then, {LibTorch} now)";
        if (Threads != other.Threads)
            yield return $"the number of threads ({other.Threads} then, {Threads} now)";
        if ((Processes ?? 1) != (other.Processes ?? 1))
            yield return $"the number of processes ({other.Processes ?? 1} then, {Processes ?? 1} now)";
        foreach (var difference in NumericEnvironment.Differences(other.EnvironmentVariables, EnvironmentVariables))
            yield return difference;
    }

    /// <summary>The name of this machine's processor.</summary>
    /// <returns>The name, as the system has it.</returns>
    public static string ProcessorName()
    {
        const string information = "/proc/cpuinfo";
        var model = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?[(model.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(MachineDescription), PrintMembers);
}
