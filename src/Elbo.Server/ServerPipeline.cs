using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Elbo.Server;

/// <summary>The middleware pipeline: access checks first, then the API.</summary>
internal static class ServerPipeline
{
    private const string Service = "server";

    public static void Configure(WebApplication application, ServerOptions options, int port, AccessToken token)
    {
        var hosts = new HostGuard(Service, port, options.AllowRemote, options.Hosts);
        var origins = new OriginGuard(Service);
        var gate = new TokenGate(token);
        var logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Elbo.Server");
        application.Use(ConnectionLimit.MarkBusy);
        application.Use(SecurityHeaders.Add);
        application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => ProblemAnswer.WriteError(context, logger),
            SuppressDiagnosticsCallback = _ => true,
        });
        application.Use(hosts.Check);
        application.Use(origins.Check);
        application.Use(gate.Check);
        application.UseStatusCodePages(ProblemAnswer.WriteStatus);
        application.UseRouting();
        application.UseRequestTimeouts();
        application.MapOpenApi("/openapi/{documentName}.json");
        PageEndpoints.Map(application);
        MonitoringEndpoints.Map(application);
        ModelEndpoints.Map(application, application.Services.GetRequiredService<ServedModels>());
    }
}
