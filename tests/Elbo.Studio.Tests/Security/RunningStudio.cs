namespace Elbo.Studio.Tests;

/// <summary>A running studio, shared by a test class.</summary>
public class RunningStudio : IAsyncLifetime
{
    private readonly DirectoryInfo _runs = Directory.CreateTempSubdirectory("elbo-studio-test-");
    private StudioServer? _server;

    internal StudioServer Server => _server ?? throw new InvalidOperationException("The studio has not been started.");

    internal int Port => Server.Port;

    /// <summary>The folder of its runs.</summary>
    internal string Runs => _runs.FullName;

    /// <summary>The cookie of a browser that is signed in.</summary>
    internal string Cookie => $"elbo-studio-{Port}={Server.Secrets.Cookie.Value}";

    /// <summary>The key that a page sends with its connection.</summary>
    internal string Key => Server.Secrets.ConnectionKey.Value;

    private protected virtual StudioOptions Options => new() { Roots = [_runs.FullName], Port = 0 };

    public async ValueTask InitializeAsync() => _server = await StudioServer.StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await StopProcesses();
            await _server.DisposeAsync();
        }

        _runs.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops processes that the studio has started and that would outlive it.</summary>
    private protected virtual Task StopProcesses() => Task.CompletedTask;

    /// <summary>
    /// Sends a request as it is written, after replacing <c>{port}</c>, <c>{token}</c>, <c>{cookie}</c> and <c>{key}</c>, over its own
    /// socket, so that no client library changes its headers or its path.
    /// </summary>
    internal Task<RawResponse> Send(string request) =>
        RawResponse.Send(Port, Filled(request));

    /// <summary>A text with the values of this studio in place of their names.</summary>
    internal string Filled(string text) => text.Replace("{port}", $"{Port}").Replace("{token}", Server.Secrets.Token.Value)
        .Replace("{cookie}", Cookie).Replace("{key}", Key);
}

/// <summary>A studio that allows remote access.</summary>
public sealed class RemoteStudio : RunningStudio
{
    private protected override StudioOptions Options => base.Options with { AllowRemote = true };
}
