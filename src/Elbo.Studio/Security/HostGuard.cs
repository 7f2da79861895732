using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>
/// Refuses a request whose Host header does not name this studio. This prevents DNS rebinding: a website can point its own host name at
/// this machine, but the browser still sends that name in the Host header.
/// </summary>
internal sealed class HostGuard
{
    private readonly bool _allowsRemote;
    private readonly FrozenSet<string> _allowed;
    private readonly FrozenSet<string> _names;

    public HostGuard(int port, bool allowsRemote)
    {
        _allowsRemote = allowsRemote;
        string[] names = ["localhost", "127.0.0.1", "[::1]"];
        // Browsers omit the default port of HTTP.
        _allowed = names.Select(name => $"{name}:{port}").Concat(port == 80 ? names : []).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        var machine = Dns.GetHostName();
        _names = new[] { "localhost", machine, machine.Split('.')[0], machine.Split('.')[0] + ".local" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Host is [{ } host] && IsOwn(host))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync("The studio only accepts requests to localhost with its own port.\n");
    }

    internal bool IsOwn(string host) => _allowed.Contains(host) || (_allowsRemote && IsAddressOrMachineName(host));

    /// <summary>
    /// For a studio that accepts other machines: an IP address or the name of this machine, with any port, since ports may be forwarded.
    /// Any other name could be a foreign domain that points to this machine.
    /// </summary>
    private bool IsAddressOrMachineName(string text)
    {
        var withoutDefaultPort = text.EndsWith(":80", StringComparison.Ordinal) ? text[..^3] : text;
        if (!Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var address) || address.UserInfo.Length > 0
            || !string.Equals(address.Authority, withoutDefaultPort, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || _names.Contains(address.Host);
    }
}
