using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>Processes that keep a core busy each, as other programs on the machine may; they end with this one.</summary>
internal sealed class BusyProcesses : IDisposable
{
    private const string Loop = "while kill -0 $PPID 2>/dev/null; do :; done";

    private readonly List<Process> _processes;

    public BusyProcesses(int count) => _processes =
    [
        .. Enumerable.Range(0, count).Select(_ => Process.Start(new ProcessStartInfo("sh", ["-c", Loop]))!),
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
