using Elbo.Story;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Elbo.Studio;

/// <summary>
/// The decoders with which browsers draw what a hand changes. A model is named by its id, which is looked up among the models that there
/// are and is never part of a path.
/// </summary>
internal static class DecoderEndpoints
{
    private const string Path = $"/{DecoderAddress.Models}/{{id}}/decoder";

    /// <summary>Maps the weights of a model and what a condition changes of them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], SendWeights);
        routes.MapMethods($"{Path}/condition", [HttpMethods.Get, HttpMethods.Head], SendCondition);
    }

    private static Task SendWeights(HttpContext context) => Send(context, decoder => Task.FromResult(decoder.Weights));

    private static async Task SendCondition(HttpContext context)
    {
        var (query, computing) = (context.Request.Query, context.RequestServices.GetRequiredService<ComputeThread>());
        var chosen = ChosenCondition.Parse(query["picture"], query["label"], query["attributes"]);
        await Send(context, decoder => computing.Run(() => decoder.At(chosen), context.RequestAborted));
    }

    private static async Task Send(HttpContext context, Func<BrowserDecoder, Task<ServedFile?>> find)
    {
        try
        {
            if (await FindDecoder(context) is not { } decoder)
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            else if (await find(decoder) is { } file)
                await FileResponse.Send(context, file);
            else
                // No error of the page: such a model is decoded by the server.
                context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (ElboException)
        {
            // The view, which reads the same run, says what is wrong with it.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page no longer waits for it.
        }
    }

    private static async Task<BrowserDecoder?> FindDecoder(HttpContext context)
    {
        var services = context.RequestServices;
        var opened = await services.GetRequiredService<ModelStore>().Open((string)context.Request.RouteValues["id"]!);
        // A page that shows older weights of a run would draw another model's pictures.
        var version = context.Request.Query["v"].ToString();
        if (!BrowserDecoder.IsPossible(opened) || version != (opened.Version ?? ""))
            return null;
        return await services.GetRequiredService<ComputeThread>().Run(() => opened.Decoder, context.RequestAborted);
    }
}
