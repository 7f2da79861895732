using System.Net;
using Elbo.Story;
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
    private readonly bool _allowsRemote;

    private StudioServer(WebApplication application, ModelServices models, bool allowsRemote, int port, AccessSecrets secrets)
    {
        _application = application;
        _models = models;
        _allowsRemote = allowsRemote;
        Port = port;
        Secrets = secrets;
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>The secrets that a client needs.</summary>
    internal AccessSecrets Secrets { get; }

    /// <summary>The URL for the user to open.</summary>
    public Uri Address => AddressOn("localhost");

    /// <summary>
    /// The URLs to open on other machines, one for each address that this machine has now; empty if they cannot connect.
    /// </summary>
    public IReadOnlyList<Uri> RemoteAddresses =>
        _allowsRemote ? [.. MachineAddresses.All().Select(address => AddressOn(MachineAddresses.Host(address)))] : [];

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
        var port = ListeningPort.Find(options.Port, StudioOptions.DefaultPort, options.AllowRemote);
        var secrets = AccessSecrets.Create();
        var models = ModelServices.Open();
        var application = Build(options, models, port, secrets);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await application.DisposeAsync();
            throw ListeningPort.Taken(port, exception);
        }

        // What the first page loads is made while the user opens it; an error is reported when the page itself requests it.
        var story = application.Services.GetRequiredService<ServedStory>();
        _ = Task.Run(() => Prewarm(story), CancellationToken.None);
        return new StudioServer(application, models, options.AllowRemote, port, secrets);
    }

    /// <summary>Closes all connections and stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        var compute = _application.Services.GetRequiredService<ComputeThread>();
        await compute.Run(_application.Services.GetRequiredService<ModelStore>().Dispose);
        await compute.Run(_models.Dispose);
        await _application.DisposeAsync();
    }

    private Uri AddressOn(string host) => new($"http://{host}:{Port}/?{AccessToken.Parameter}={Secrets.Token.Value}");

    private static void Prewarm(ServedStory story)
    {
        foreach (var name in story.FileNames)
            story.FindFile(name);
        foreach (var name in story.PacksOf(scene: 1))
            story.FindPack(name);
    }

    private static WebApplication Build(StudioOptions options, ModelServices models, int port, AccessSecrets secrets)
    {
        // An empty builder, so that neither environment variables nor a settings file can change where the server listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            EnvironmentName = Environments.Production,
        });
        // A build compresses its static files. Without this setting files that seem to have changed since would be sent again as gzip's
        // stored blocks, at their full size.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        // After a build the static files are found through a manifest; after a publish they are in wwwroot.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, port));
        ConfigureLogging(builder.Logging);
        builder.Services.AddSingleton(options).AddStudio(models);
        builder.Services.AddSingleton<IHostLifetime, CallerControlledLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        options.Services?.Invoke(builder.Services);
        var application = builder.Build();
        StudioPipeline.Configure(application, options, port, secrets);
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel, StudioOptions options, int port)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = StudioLimits.RequestBody;
        limits.MaxRequestHeadersTotalSize = StudioLimits.RequestHeaders;
        limits.MaxConcurrentUpgradedConnections = StudioLimits.Circuits;
        // The first of these also ends a connection that never sends a byte. Kestrel's own limit of connections would refuse the new ones.
        limits.KeepAliveTimeout = StudioLimits.RequestTime;
        limits.RequestHeadersTimeout = StudioLimits.RequestTime;
        limits.MinRequestBodyDataRate =
            new MinDataRate(StudioLimits.RequestBody / StudioLimits.RequestTime.TotalSeconds, StudioLimits.RequestTime);
        kestrel.Listen(port, options.AllowRemote, StudioLimits.Connections);
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.AddWarningsToStandardError();
        // Its warning about unencrypted keys does not apply, because keys are not stored at all.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A browser that was open before a restart still sends the cookie of the previous process; this is not an error.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
    }
}
