using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>How much one studio takes on.</summary>
internal static class Caps
{
    /// <summary>Bytes of a request's body: none has more than a few lines.</summary>
    public const int RequestBody = 64 * 1024;

    /// <summary>Bytes of a request's headers: room for a long link and its cookies.</summary>
    public const int RequestHeaders = 32 * 1024;

    /// <summary>Bytes of one message of a page: a drawn digit has a few thousand.</summary>
    public const int Message = 64 * 1024;

    /// <summary>Pages open at the same time.</summary>
    public const int Circuits = 100;

    /// <summary>Pages whose connection is lost and whose state is kept for a while.</summary>
    public const int CircuitsKept = 20;

    /// <summary>Connections at the same time: a page has one for good and some while it loads.</summary>
    public const int Connections = 400;

    /// <summary>
    /// Refuses a body that says it is too large, or does not say how large it is, before anything else looks at it. Browsers say it of all
    /// that they send here; Kestrel counts, should one not be true to its word.
    /// </summary>
    public static Task CheckBody(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.TransferEncoding.Count > 0)
            return Refuse(context, StatusCodes.Status411LengthRequired, "A request must say how long its body is.\n");
        return context.Request.ContentLength is > RequestBody
            ? Refuse(context, StatusCodes.Status413PayloadTooLarge, $"A request's body may have {RequestBody} bytes.\n")
            : next(context);
    }

    private static Task Refuse(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    }
}
