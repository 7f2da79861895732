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

/// <summary>The studio as a web server in this process: options in, address out.</summary>
internal sealed class StudioServer : IAsyncDisposable
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

    /// <summary>The secret without which it answers nothing.</summary>
    public AccessToken Token { get; }

    /// <summary>The address for the user to open.</summary>
    public Uri Address => new($"http://localhost:{Port}/?{AccessToken.Parameter}={Token.Value}");

    /// <summary>What the pages are given: for tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Starts listening.</summary>
    /// <exception cref="EnvironmentException">The port is taken.</exception>
    /// <exception cref="DataException">The studio's models cannot be read.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options, CancellationToken cancellation = default)
    {
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

    /// <summary>Closes every connection and stops listening.</summary>
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
            await compute.Run(() => worlds.View(request));
    }

    private static WebApplication Build(StudioOptions options, ModelServices models, int port, AccessToken token)
    {
        // Empty: neither the environment's variables nor a settings file in some folder may say where to listen or whom to answer.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            EnvironmentName = Environments.Production,
        });
        // A build has no wwwroot: its manifest says where the files lie. A publish has one, and no manifest.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, port));
        ConfigureLogging(builder.Logging);
        builder.Services.AddSingleton(options).AddSingleton(token).AddStudio(models);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
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
        // It warns that keys may be kept without a lock; they are not kept at all.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A browser that was open before the studio was started anew still has the cookie of the earlier start: nothing to report.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        // A start that fails is an exception, which the caller reports.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    /// <summary>The server lives as long as the caller wants: it listens for no signal itself.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
