using Elbo.Story;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elbo.Studio;

/// <summary>
/// The first view: the story, with its files and, one by one, the packs of its scenes. Names are looked up among those that there are and
/// are never part of a path.
/// </summary>
internal static class StoryEndpoints
{
    /// <summary>Maps the page, its files, and the old address of what it replaces.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServedStory story)
    {
        routes.MapMethods("/", Reading, context => SendPage(context, story));
        routes.MapMethods($"{ServedStory.Packs}{{name}}", Reading, context => FileResponse.Send(context, story.FindPack(Name(context))));
        routes.MapMethods($"{ServedStory.Files}{{name}}", Reading, context => FileResponse.Send(context, story.FindFile(Name(context))));
        routes.MapMethods(
            $"{ServedStory.Modules}{{**name}}", Reading, context => FileResponse.Send(context, story.FindModule(Name(context))));
        routes.MapMethods("/worlds", Reading, context =>
        {
            context.Response.Redirect(WorldsAddress.ToStory(context.Request.Query["beta"]));
            return Task.CompletedTask;
        });
    }

    private static string[] Reading { get; } = [HttpMethods.Get, HttpMethods.Head];

    private static string Name(HttpContext context) => (string)context.Request.RouteValues["name"]!;

    private static Task SendPage(HttpContext context, ServedStory story)
    {
        SecurityHeaders.UseStoryPolicy(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(StoryDocument.Write(context, story));
    }
}
