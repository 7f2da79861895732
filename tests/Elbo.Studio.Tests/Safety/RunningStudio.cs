namespace Elbo.Studio.Tests;

/// <summary>A studio that listens, for a class of tests.</summary>
public class RunningStudio : IAsyncLifetime
{
    private readonly DirectoryInfo _runs = Directory.CreateTempSubdirectory("elbo-studio-test-");
    private StudioServer? _server;

    internal StudioServer Server => _server ?? throw new InvalidOperationException("The studio has not been started.");

    internal int Port => Server.Port;

    /// <summary>The folder in which it has its runs.</summary>
    internal string Runs => _runs.FullName;

    /// <summary>The cookie of who has been let in.</summary>
    internal string Cookie => $"elbo-studio-{Port}={Server.Token.Value}";

    private protected virtual StudioOptions Options => new() { Roots = [_runs.FullName], Port = 0 };

    public async ValueTask InitializeAsync() => _server = await StudioServer.StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await End();
            await _server.DisposeAsync();
        }

        _runs.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what the studio has started and does not end itself.</summary>
    private protected virtual Task End() => Task.CompletedTask;

    /// <summary>
    /// Sends a request as it is written, <c>{port}</c>, <c>{token}</c> and <c>{cookie}</c> put in, over a socket of its own: no client
    /// library has a say in its headers or its path.
    /// </summary>
    internal Task<RawAnswer> Send(string request) =>
        RawAnswer.To(Port, request.Replace("{port}", $"{Port}").Replace("{token}", Server.Token.Value).Replace("{cookie}", Cookie));
}

/// <summary>A studio that other machines may reach.</summary>
public sealed class RemoteStudio : RunningStudio
{
    private protected override StudioOptions Options => base.Options with { AllowRemote = true };
}
