using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Elbo.Server;

/// <summary>Health, readiness and metrics.</summary>
internal static class MonitoringEndpoints
{
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    public static void Map(IEndpointRouteBuilder application)
    {
        var group = application.MapGroup("").WithTags("Monitoring");
        group.MapGet("/health/live", () => TypedResults.Text("alive\n"))
            .WithName("live").WithSummary("Whether the process answers.").Produces<string>(200, "text/plain");
        group.MapGet("/health/ready", Ready)
            .WithName("ready").WithSummary("Whether requests are taken: 503 while too much waits.")
            .Produces<string>(200, "text/plain").ProducesProblem(503);
        group.MapGet("/metrics", async (HttpContext context, ServerMetrics metrics) =>
        {
            context.Response.ContentType = PrometheusText;
            await metrics.WriteAsync(context.Response.Body, context.RequestAborted);
        }).WithName("metrics").WithSummary("The metrics of the server in Prometheus' text format.").Produces<string>(200, "text/plain");
    }

    // Models are opened before the server listens, so what can be missing is room in their queues.
    private static ContentHttpResult Ready(ServedModels models) =>
        models.All.All(model => model.WaitingExamples <= ServerLimits.WaitingExamples / 2)
        ? TypedResults.Text("ready\n")
        : throw new ServerBusyException();
}
