using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Elbo.Studio;

/// <summary>The requests that belong to the interactive connection of a page, and the key that they need.</summary>
internal static class ConnectionPath
{
    /// <summary>The path of the connection and of everything that belongs to it.</summary>
    public static PathString Root { get; } = "/_blazor";

    private const string Bearer = "Bearer ";

    // The names of script files, the same for everyone; and the message of a page that is closed, which names its connection by a secret of
    // its own and cannot have a header.
    private static readonly PathString[] Open = ["/initializers", "/disconnect"];

    /// <summary>Whether a request needs the key: all of the connection, besides those that neither read nor change anything.</summary>
    public static bool NeedsKey(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0
        || (request.Path.StartsWithSegments(Root, out var rest)
            && !Open.Any(open => string.Equals(rest.Value?.TrimEnd('/'), open.Value, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a request has the key, where SignalR puts it: in a header, or for a WebSocket in the query.</summary>
    public static bool HasKey(HttpRequest request, AccessToken key) =>
        request.Headers[HeaderNames.Authorization] is [{ } header]
            ? header.StartsWith(Bearer, StringComparison.Ordinal) && key.Matches(header[Bearer.Length..])
            : request.Query["access_token"] is [{ } value] && key.Matches(value);
}
