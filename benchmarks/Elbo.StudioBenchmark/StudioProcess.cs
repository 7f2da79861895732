using System.Diagnostics;

namespace Elbo.StudioBenchmark;

/// <summary>The memory usage of a studio at one moment.</summary>
internal sealed record MemorySample(double Seconds, double Managed, double Resident, int Pages);

/// <summary>Controls a studio in another process.</summary>
internal sealed class StudioProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<MemorySample> _memory = [];
    private readonly List<ResponseTime> _responses = [];
    private readonly List<string> _errors = [];

    private StudioProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => HandleLine(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                _errors.Add(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyList<MemorySample> Memory => _memory;

    /// <summary>The response times; complete once the process has exited.</summary>
    public IReadOnlyList<ResponseTime> Responses => _responses;

    /// <summary>The total processor time; known once the process has exited.</summary>
    public double ProcessorSeconds { get; private set; }

    /// <summary>The warnings and errors that it wrote.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static StudioProcess Start() => new(Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [StudioHost.Verb])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>The URL that it prints.</summary>
    public Task<string> Address => _address.Task;

    /// <summary>Stops the process and reads its remaining output.</summary>
    public async Task Stop()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Stop();
        _process.Dispose();
    }

    private void HandleLine(string? line)
    {
        switch (line?.Split(' '))
        {
            case null:
                _address.TrySetException(new InvalidOperationException($"The studio has exited: {string.Join(' ', _errors)}"));
                break;
            case ["address", var address]:
                _address.SetResult(address);
                break;
            case ["memory", var seconds, var managed, var resident, var pages]:
                _memory.Add(new MemorySample(double.Parse(seconds), double.Parse(managed), double.Parse(resident), int.Parse(pages)));
                Console.Error.WriteLine($"  {line}");
                break;
            case ["processor", var seconds]:
                ProcessorSeconds = double.Parse(seconds);
                break;
            case ["response", var kind, var whole, var server]:
                _responses.Add(new ResponseTime(kind, double.Parse(whole), double.Parse(server)));
                break;
        }
    }
}
