using System.Diagnostics;

namespace Elbo.StudioBenchmark;

/// <summary>What a studio held at a moment.</summary>
internal sealed record MemoryLook(double Seconds, double Managed, double Resident, int Pages);

/// <summary>A studio in another process, seen from this one.</summary>
internal sealed class StudioProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<MemoryLook> _memory = [];
    private readonly List<Answer> _answers = [];
    private readonly List<string> _complaints = [];

    private StudioProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                _complaints.Add(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyList<MemoryLook> Memory => _memory;

    /// <summary>Complete when the process has ended.</summary>
    public IReadOnlyList<Answer> Answers => _answers;

    /// <summary>Processor time of its whole life; complete when the process has ended.</summary>
    public double ProcessorSeconds { get; private set; }

    /// <summary>Warnings and errors that it wrote.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static StudioProcess Start() => new(Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ServedStudio.Verb])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>The address that it printed, once it has.</summary>
    public Task<string> Address => _address.Task;

    /// <summary>Ends it and hears what it says at its end.</summary>
    public async Task End()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await End();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        switch (line?.Split(' '))
        {
            case null:
                _address.TrySetException(new InvalidOperationException($"The studio has ended: {string.Join(' ', _complaints)}"));
                break;
            case ["address", var address]:
                _address.SetResult(address);
                break;
            case ["memory", var seconds, var managed, var resident, var pages]:
                _memory.Add(new MemoryLook(double.Parse(seconds), double.Parse(managed), double.Parse(resident), int.Parse(pages)));
                Console.Error.WriteLine($"  {line}");
                break;
            case ["processor", var seconds]:
                ProcessorSeconds = double.Parse(seconds);
                break;
            case ["answer", var kind, var whole, var server]:
                _answers.Add(new Answer(kind, double.Parse(whole), double.Parse(server)));
                break;
        }
    }
}
