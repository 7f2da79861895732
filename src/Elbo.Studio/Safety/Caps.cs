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

    /// <summary>Refuses a body that says it is too large before anything else looks at it; Kestrel counts those that do not say.</summary>
    public static Task CheckBody(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentLength is not > RequestBody)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return context.Response.WriteAsync($"A request's body may have {RequestBody} bytes.\n");
    }
}
