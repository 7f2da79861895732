using System.Text.RegularExpressions;

namespace Elbo.Benchmarks;

/// <summary>The machine of a measurement.</summary>
internal static partial class Machine
{
    /// <summary>Returns a folder name for the machine, such as amd-epyc-2-cores.</summary>
    public static string FolderName()
    {
        var processor = Trademarks().Replace(MachineDescription.ProcessorName().Split('@')[0], " ");
        return $"{Separators().Replace(processor.ToLowerInvariant(), "-").Trim('-')}-{Environment.ProcessorCount}-cores";
    }

    /// <summary>Returns the description at the start of every table.</summary>
    /// <param name="settings">Further settings, one line each.</param>
    public static IReadOnlyList<string> Describe(params IEnumerable<string> settings)
    {
        var machine = ThisMachine.Describe();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return
        [
            $"Processor: {machine.Processor}, {Environment.ProcessorCount} cores; memory: {memory:0.0} GiB",
            $"System: {machine.OperatingSystem}; {machine.DotNet}",
            $"TorchSharp {machine.TorchSharp}, libtorch {machine.LibTorch} on {machine.Threads} threads; Elbo {machine.Elbo}",
            .. settings,
            $"Load average at the start (one minute): {LoadAverage()}",
            $"Date: {DateTime.Now:yyyy-MM-dd HH:mm}",
        ];
    }

    private static string LoadAverage()
    {
        const string source = "/proc/loadavg";
        return File.Exists(source) ? File.ReadAllText(source).Split(' ')[0] : "unknown";
    }

    [GeneratedRegex(@"\((R|TM)\)|\b(CPU|Processor|\d+-Core)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Trademarks();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
