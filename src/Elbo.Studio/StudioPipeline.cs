using Elbo.Story;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Elbo.Studio;

/// <summary>The middleware pipeline: access checks first, then the pages.</summary>
internal static class StudioPipeline
{
    public static void Configure(WebApplication application, StudioOptions options, int port, AccessSecrets secrets)
    {
        var hosts = new HostGuard("studio", port, options.AllowRemote);
        var origins = new OriginGuard("studio", ConnectionPath.Root);
        var gate = new TokenGate(secrets, port);
        application.Use(ConnectionLimit.MarkBusy);
        application.Use(SecurityHeaders.Add);
        application.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteError });
        application.Use(hosts.Check);
        application.Use(origins.Check);
        application.Use(StudioLimits.CheckBody);
        application.Use(gate.Check);
        application.UseStatusCodePagesWithReExecute("/not-found");
        application.UseRouting();
        application.UseAntiforgery();
        application.MapStaticAssets();
        StoryEndpoints.Map(application, application.Services.GetRequiredService<ServedStory>());
        DecoderEndpoints.Map(application);
        application.MapRazorComponents<Shell.App>()
            .AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static Task WriteError(HttpContext context)
    {
        context.Response.StatusCode = context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException refused
            ? refused.StatusCode
            : StatusCodes.Status500InternalServerError;
        return context.Response.WriteAsync("The studio could not process this request.\n");
    }
}
