using System.IO.Compression;
using Elbo.Story;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Elbo.Studio;

/// <summary>
/// The first view: the story, with its files and, one by one, the packs of its scenes. Names are looked up among those that there are and
/// are never part of a path.
/// </summary>
internal static class StoryEndpoints
{
    private const string Kept = "private, max-age=31536000, immutable";

    // The browser asks each time whether it still has the right one, and gets it only if it has not.
    private const string Checked = "private, no-cache";

    /// <summary>Maps the page, its files, and the old address of what it replaces.</summary>
    public static void Map(IEndpointRouteBuilder routes, ServedStory story)
    {
        routes.MapMethods("/", Reading, context => SendPage(context, story));
        routes.MapMethods($"{ServedStory.Packs}{{name}}", Reading, context => SendFile(context, story.FindPack(Name(context))));
        routes.MapMethods($"{ServedStory.Files}{{name}}", Reading, context => SendFile(context, story.FindFile(Name(context))));
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

    private static async Task SendFile(HttpContext context, ServedFile? file)
    {
        var (request, response) = (context.Request, context.Response);
        if (file is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = response.Headers;
        var tag = new EntityTagHeaderValue($"\"{file.Tag}\"", isWeak: true);
        headers.ETag = tag.ToString();
        headers.CacheControl = request.Query["v"] == file.Tag ? Kept : Checked;
        headers.Vary = "Accept-Encoding";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var bytes = file.Bytes;
        if (file.IsZipped && AcceptsGzip(request))
            headers.ContentEncoding = "gzip";
        else if (file.IsZipped)
            bytes = Unzipped(bytes);
        response.ContentType = file.Type;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(bytes);
    }

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(accepted => accepted.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && accepted.Quality is null or > 0);

    private static byte[] Unzipped(byte[] bytes)
    {
        using var zipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unzipped = new MemoryStream();
        zipped.CopyTo(unzipped);
        return unzipped.ToArray();
    }
}
