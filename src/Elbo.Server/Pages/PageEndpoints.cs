using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Elbo.Server;

/// <summary>The page on which the API is tried: files within this assembly.</summary>
internal static class PageEndpoints
{
    public static void Map(IEndpointRouteBuilder application)
    {
        Serve("/", "index.html", "text/html; charset=utf-8");
        Serve("/page.js", "page.js", "text/javascript; charset=utf-8");
        Serve("/page.css", "page.css", "text/css; charset=utf-8");

        void Serve(string path, string file, string type)
        {
            using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream(file)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            application.MapGet(path, () => TypedResults.Bytes(bytes, type)).ExcludeFromDescription();
        }
    }
}
