using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Elbo.Studio;

/// <summary>
/// Refuses what a page of another origin asks for in the user's name: requests that change something, and the connection over which a page
/// reacts. The browser says where a request comes from in Origin and Sec-Fetch-Site, and no page can change what it says.
/// </summary>
internal static class OriginGuard
{
    private static readonly PathString CircuitPath = "/_blazor";

    public static Task Check(HttpContext context, RequestDelegate next)
    {
        if (IsAllowed(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("The studio takes this from its own pages only.\n");
    }

    private static bool IsAllowed(HttpRequest request)
    {
        var opensSocket = request.Headers.Upgrade.Count > 0;
        var onlyReads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (onlyReads && !opensSocket && !request.Path.StartsWithSegments(CircuitPath))
            return true;
        var origin = request.Headers.Origin;
        var site = request.Headers["Sec-Fetch-Site"];
        // Every browser names the origin of a WebSocket; a program that is no browser may leave both out of the rest, since nobody else
        // can make it send the cookie.
        return (origin.Count == 0 ? !opensSocket : IsOwn(origin, request.Host))
            && (site.Count == 0 || site is ["same-origin"]);
    }

    // The Host has been checked before, so this compares with an address of the studio's own.
    private static bool IsOwn(StringValues origin, HostString host) =>
        origin is [{ } text] && string.Equals(text, $"http://{host.Value}", StringComparison.OrdinalIgnoreCase);
}
