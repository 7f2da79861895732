using System.Diagnostics;
using System.Net.Http.Headers;

namespace Elbo.ServerBenchmark;

/// <summary>The process of the server, and clients of it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The name of the model that it serves.</summary>
    public const string Model = "cvae";

    private readonly Process _process;
    private readonly Uri _address;
    private readonly string _token;

    private ServerProcess(Process process, Uri address, string token) => (_process, _address, _token) = (process, address, token);

    public static async Task<ServerProcess> Start(string model)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ServerHost.Verb, model])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new(process, new Uri(line.Split(' ')[0]), line.Split(' ')[1]);
    }

    /// <summary>A client with connections of its own.</summary>
    public HttpClient Connect()
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return client;
    }

    /// <summary>The resident memory, in MiB.</summary>
    public double ResidentMebibytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / (double)(1 << 20);
    }

    /// <summary>The processor time that it has taken.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
