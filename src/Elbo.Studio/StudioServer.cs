using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Elbo.Studio;

/// <summary>
/// The web server of the studio, running in this process, on the loopback interface unless the options say otherwise. Every client needs
/// the token in <see cref="Address"/>.
/// </summary>
public sealed class StudioServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ModelServices _models;

    private StudioServer(WebApplication application, ModelServices models, int port, AccessToken token)
    {
        _application = application;
        _models = models;
        Port = port;
        Token = token;
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>The secret token that every client needs.</summary>
    internal AccessToken Token { get; }

    /// <summary>The URL for the user to open.</summary>
    public Uri Address => new($"http://localhost:{Port}/?{AccessToken.Parameter}={Token.Value}");

    /// <summary>The registered services, for tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Starts the server.</summary>
    /// <param name="options">Where it listens and which runs it shows.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <returns>The server, which the caller disposes to stop it.</returns>
    /// <exception cref="EnvironmentException">The port is in use.</exception>
    /// <exception cref="InputException">The studio's models cannot be read.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var port = ListeningPort.Find(options);
        var token = AccessToken.Create();
        var models = ModelServices.Open();
        var application = Build(options, models, port, token);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await application.DisposeAsync();
            throw ListeningPort.Taken(port, exception);
        }

        // The first page is computed while the user opens it; an error is reported when the page itself requests the same data.
        _ = Prewarm(application.Services.GetRequiredService<ComputeThread>(), models.Worlds);
        return new StudioServer(application, models, port, token);
    }

    /// <summary>Closes all connections and stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.Services.GetRequiredService<ComputeThread>().Run(_models.Dispose);
        await _application.DisposeAsync();
    }

    // One job per request, so that a page's own request does not wait for all of them.
    private static async Task Prewarm(ComputeThread compute, WorldService worlds)
    {
        foreach (var request in worlds.Prewarmed)
            await compute.Run(() => worlds.ComputeView(request));
    }

    private static WebApplication Build(StudioOptions options, ModelServices models, int port, AccessToken token)
    {
        // An empty builder, so that neither environment variables nor a settings file can change where the server listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            EnvironmentName = Environments.Production,
        });
        // After a build the static files are found through a manifest; after a publish they are in wwwroot.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, port));
        ConfigureLogging(builder.Logging);
        builder.Services.AddSingleton(options).AddSingleton(token).AddStudio(models);
        builder.Services.AddSingleton<IHostLifetime, CallerControlledLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        options.Services?.Invoke(builder.Services);
        var application = builder.Build();
        StudioPipeline.Configure(application, options, port, token);
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel, StudioOptions options, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = StudioLimits.RequestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = StudioLimits.RequestHeaders;
        kestrel.Limits.MaxConcurrentConnections = StudioLimits.Connections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = StudioLimits.Circuits;
        if (options.AllowRemote)
            kestrel.ListenAnyIP(port, Protocol);
        else
            kestrel.ListenLocalhost(port, Protocol);

        static void Protocol(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        // Its warning about unencrypted keys does not apply, because keys are not stored at all.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A browser that was open before a restart still sends the cookie of the previous process; this is not an error.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        // A failed start throws an exception, which the caller reports.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    /// <summary>The caller controls the lifetime of the server, so it does not handle signals itself.</summary>
    private sealed class CallerControlledLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
