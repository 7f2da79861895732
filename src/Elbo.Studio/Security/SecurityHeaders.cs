using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>Adds the security headers to every response.</summary>
internal static class SecurityHeaders
{
    private static readonly object NonceKey = new();
    private static readonly object StoryKey = new();

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[NonceKey] = nonce;
        // Added when the response starts, because the error handler clears the headers and starts the response again.
        context.Response.OnStarting(() =>
        {
            Write(context, nonce);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>The nonce that an inline script of this response needs.</summary>
    public static string NonceOf(HttpContext context) => (string)context.Items[NonceKey]!;

    /// <summary>Gives this response the policy of the story's page.</summary>
    public static void UseStoryPolicy(HttpContext context) => context.Items[StoryKey] = true;

    private static void Write(HttpContext context, string nonce)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Items.ContainsKey(StoryKey) ? StoryPolicy(nonce) : Policy(nonce, context.Request.Host);
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

    /// <summary>
    /// The story's one inline script makes blobs of the modules and of the worker that it was sent. It needs no other file than its own,
    /// and opens no connection that stays open; elements have style attributes for lengths and colours that are data.
    /// </summary>
    private static string StoryPolicy(string nonce) => string.Join(
        "; ",
        "default-src 'none'",
        $"script-src 'nonce-{nonce}' blob:",
        "worker-src blob:",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'");

    private static bool IsHostCharacter(char symbol) =>
        char.IsAsciiLetterOrDigit(symbol) || "-.:[]".Contains(symbol, StringComparison.Ordinal);
}
