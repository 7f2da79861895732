using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>Processes that do nothing but keep a core busy each, as other programs on the machine may.</summary>
internal sealed class BusyProcesses : IDisposable
{
    private readonly List<Process> _processes;

    public BusyProcesses(int count) => _processes =
    [
        .. Enumerable.Range(0, count).Select(_ => Process.Start(new ProcessStartInfo("sh", ["-c", "while :; do :; done"]))!),
    ];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
