using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>Adds the security headers to every response.</summary>
internal static class SecurityHeaders
{
    private static readonly object NonceKey = new();

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[NonceKey] = nonce;
        // Added when the response starts, because the error handler clears the headers and starts the response again.
        context.Response.OnStarting(() =>
        {
            Write(context.Response.Headers, nonce, context.Request.Host);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>The nonce that an inline script of this response needs.</summary>
    public static string NonceOf(HttpContext context) => (string)context.Items[NonceKey]!;

    private static void Write(IHeaderDictionary headers, string nonce, HostString host)
    {
        headers.ContentSecurityPolicy = Policy(nonce, host);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal))
            headers.CacheControl = "no-store";
    }

    /// <summary>
    /// As strict as the components allow: the component library sets inline styles, and Blazor needs the base element, to which its URLs
    /// are relative.
    /// </summary>
    private static string Policy(string nonce, HostString host)
    {
        // A refused Host header is not echoed. Not every browser treats a WebSocket of the same origin as 'self'.
        var socket = host.HasValue && host.Value.All(IsHostCharacter) ? $" ws://{host.Value}" : "";
        return string.Join(
            "; ",
            "default-src 'self'",
            $"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            $"connect-src 'self'{socket}",
            "object-src 'none'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'");
    }

    private static bool IsHostCharacter(char symbol) =>
        char.IsAsciiLetterOrDigit(symbol) || "-.:[]".Contains(symbol, StringComparison.Ordinal);
}
