using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>The resource limits of the studio.</summary>
internal static class StudioLimits
{
    /// <summary>Maximum size of a request body in bytes; the studio's own requests have a few lines.</summary>
    public const int RequestBody = 64 * 1024;

    /// <summary>Maximum size of the request headers in bytes: enough for a long link and its cookies.</summary>
    public const int RequestHeaders = 32 * 1024;

    /// <summary>Maximum size in bytes of one message from a page; a drawn digit has a few thousand.</summary>
    public const int Message = 64 * 1024;

    /// <summary>Maximum number of pages open at the same time.</summary>
    public const int Circuits = 100;

    /// <summary>Maximum number of disconnected pages whose state is kept for reconnecting.</summary>
    public const int CircuitsKept = 20;

    /// <summary>Maximum number of connections at the same time: a page keeps one open and uses a few more while it loads.</summary>
    public const int Connections = 400;

    /// <summary>How long a connection may be without a complete request, from its start or from its last request.</summary>
    public static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Refuses a request whose Content-Length is too large or missing, before its body is read. Browsers always send the length here;
    /// should the actual body be longer than declared, Kestrel enforces the limit.
    /// </summary>
    public static Task CheckBody(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.TransferEncoding.Count > 0)
            return Refuse(context, StatusCodes.Status411LengthRequired, "A request with a body needs a Content-Length header.\n");
        return context.Request.ContentLength is > RequestBody
            ? Refuse(context, StatusCodes.Status413PayloadTooLarge, $"A request body is limited to {RequestBody} bytes.\n")
            : next(context);
    }

    private static Task Refuse(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    }
}
