using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Elbo.Web;

/// <summary>
/// Refuses cross-origin requests that change something or open the page's interactive connection (cross-site request forgery). The browser
/// reports where a request comes from in the headers Origin and Sec-Fetch-Site, which a page cannot change.
/// </summary>
/// <param name="service">What answers, such as <c>studio</c>.</param>
/// <param name="connections">The path of interactive connections, which are checked even where they only read; null for none.</param>
internal sealed class OriginGuard(string service, PathString? connections = null)
{
    public Task Check(HttpContext context, RequestDelegate next)
    {
        if (IsAllowed(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync($"The {service} only accepts this request from its own pages.\n");
    }

    private bool IsAllowed(HttpRequest request)
    {
        var opensSocket = request.Headers.Upgrade.Count > 0;
        var isReadOnly = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isReadOnly && !opensSocket && !(connections is { } root && request.Path.StartsWithSegments(root)))
            return true;
        var origin = request.Headers.Origin;
        var site = request.Headers["Sec-Fetch-Site"];
        // Every browser sends the origin of a WebSocket. On other requests both headers may be missing, as from a program that is not a
        // browser: no website can make such a program send the cookie.
        return (origin.Count == 0 ? !opensSocket : IsOwn(origin, request.Host))
            && (site.Count == 0 || site is ["same-origin"]);
    }

    // The Host header has been checked before, so this compares with the server's own address.
    private static bool IsOwn(StringValues origin, HostString host) =>
        origin is [{ } text] && string.Equals(text, $"http://{host.Value}", StringComparison.OrdinalIgnoreCase);
}
