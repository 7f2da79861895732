using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Elbo.Server;

/// <summary>Answers with a problem in JSON (RFC 9457): one sentence in <c>detail</c>.</summary>
internal static partial class ProblemAnswer
{
    private const string MediaType = "application/problem+json";

    /// <summary>Writes a problem.</summary>
    public static Task Write(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        var problem = new ProblemDetails
        {
            Status = status,
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Detail = detail,
        };
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Readable.ProblemDetails, MediaType, context.RequestAborted);
    }

    /// <summary>Answers for an exception.</summary>
    public static Task WriteError(HttpContext context, ILogger logger)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        switch (error)
        {
            case RequestException refused:
                return Write(context, refused.Status, refused.Message);
            case ServerBusyException busy:
                return Write(context, StatusCodes.Status503ServiceUnavailable, busy.Message);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Write(
                    context,
                    StatusCodes.Status413PayloadTooLarge,
                    $"The body is larger than {ServerLimits.RequestBody} bytes: send fewer examples.");
            case BadHttpRequestException bad:
                return Write(context, bad.StatusCode, bad.Message.TrimEnd('.') + ".");
            case OperationCanceledException:
                return Write(context, StatusCodes.Status503ServiceUnavailable, "The request took too long and was given up.");
            default:
                LogFailure(logger, error, context.Request.Path);
                return Write(context, StatusCodes.Status500InternalServerError, "The server could not answer this request.");
        }
    }

    /// <summary>A body for statuses that were set without one, such as that of a path that does not exist.</summary>
    public static Task WriteStatus(StatusCodeContext context)
    {
        var response = context.HttpContext.Response;
        return Write(context.HttpContext, response.StatusCode, response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this path: /openapi/v1.json says what there is.",
            StatusCodes.Status405MethodNotAllowed => $"This path does not take {context.HttpContext.Request.Method}.",
            StatusCodes.Status415UnsupportedMediaType => "Send the request as application/json, or a picture where one is taken.",
            _ => "The server does not answer this request.",
        });
    }

    [LoggerMessage(1, LogLevel.Error, "Could not answer a request to {Path}")]
    private static partial void LogFailure(ILogger logger, Exception? error, string path);
}
