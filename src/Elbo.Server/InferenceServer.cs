using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace Elbo.Server;

/// <summary>
/// An HTTP API of trained models, running in this process, on the loopback interface unless the options say otherwise. Every client needs
/// the token. The models run in <c>Elbo.Inference</c>: libtorch is not loaded.
/// </summary>
public sealed class InferenceServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly bool _allowsRemote;

    private InferenceServer(WebApplication application, bool allowsRemote, int port, string token)
    {
        (_application, _allowsRemote, Port, Token) = (application, allowsRemote, port, token);
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>The token that clients send as <c>Authorization: Bearer TOKEN</c>.</summary>
    public string Token { get; }

    /// <summary>The URL of the API.</summary>
    public Uri Address => new($"http://localhost:{Port}/");

    /// <summary>The URL of the page on which the API is tried; its fragment, which no browser sends, has the token.</summary>
    public Uri Page => new($"http://localhost:{Port}/#token={Uri.EscapeDataString(Token)}");

    /// <summary>
    /// The URLs on other machines, one for each address that this machine has now; empty if they cannot connect.
    /// </summary>
    public IReadOnlyList<Uri> RemoteAddresses => _allowsRemote
        ? [.. MachineAddresses.All().Select(address => new Uri($"http://{MachineAddresses.Host(address)}:{Port}/"))]
        : [];

    /// <summary>Opens the models and starts the server.</summary>
    /// <param name="options">The models, and where it listens.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <returns>The server, which the caller disposes to stop it.</returns>
    /// <exception cref="SettingsException">There is no model, or the token is too short.</exception>
    /// <exception cref="InputException">A folder is no model, or a file in it is damaged or cannot be read.</exception>
    /// <exception cref="EnvironmentException">The port is in use.</exception>
    public static async Task<InferenceServer> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Models.Count == 0)
            throw new SettingsException("There is no model to serve: name at least one.");
        if (options.Token is { Length: < ServerOptions.MinTokenLength })
        {
            throw new SettingsException(
                $"The token of the server has less than {ServerOptions.MinTokenLength} characters: choose a longer one.");
        }

        var metrics = new ServerMetrics();
        WebApplication? application = null;
        try
        {
            var models = ServedModels.Open(options.Models, metrics);
            var port = ListeningPort.Find(options.Port, ServerOptions.DefaultPort, options.AllowRemote);
            var token = options.Token is { } given ? AccessToken.Of(given) : AccessToken.Create();
            application = Build(options, models, metrics, port, token);
            await Start(application, port, cancellation);
            return new InferenceServer(application, options.AllowRemote, port, token.Value);
        }
        catch
        {
            if (application is not null)
                await application.DisposeAsync();
            metrics.Dispose();
            throw;
        }
    }

    /// <summary>Answers what was asked, for a few seconds at most, closes all connections and stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task Start(WebApplication application, int port, CancellationToken cancellation)
    {
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw ListeningPort.Taken(port, exception);
        }
    }

    private static WebApplication Build(ServerOptions options, ServedModels models, ServerMetrics metrics, int port, AccessToken token)
    {
        // An empty builder, so that neither environment variables nor a settings file can change where the server listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, port));
        builder.Logging.AddWarningsToStandardError();
        var services = builder.Services;
        services.AddRoutingCore();
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = ServerLimits.RequestTime });
        services.AddSingleton(models).AddSingleton(_ => metrics);
        services.AddSingleton<IHostLifetime, CallerControlledLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Elbo",
                Version = "v1",
                Description = "Models that Elbo trained: samples, codes, scores in nats and completions.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
            return Task.CompletedTask;
        }));
        var application = builder.Build();
        ServerPipeline.Configure(application, options, port, token);
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel, ServerOptions options, int port)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = ServerLimits.RequestBody;
        limits.MaxRequestHeadersTotalSize = ServerLimits.RequestHeaders;
        limits.KeepAliveTimeout = ServerLimits.IdleTime;
        limits.RequestHeadersTimeout = ServerLimits.HeaderTime;
        kestrel.Listen(port, options.AllowRemote, ServerLimits.Connections);
    }
}
