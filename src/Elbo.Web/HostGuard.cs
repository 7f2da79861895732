using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Elbo.Web;

/// <summary>
/// Refuses a request whose Host header does not name this server. This prevents DNS rebinding: a website can point its own host name at
/// this machine, but the browser still sends that name in the Host header.
/// </summary>
internal sealed class HostGuard
{
    private readonly bool _allowsRemote;
    private readonly string _service;
    private readonly FrozenSet<string> _further;
    private readonly FrozenSet<string> _allowed;
    private readonly FrozenSet<string> _names;

    /// <param name="service">What answers, such as <c>studio</c>.</param>
    /// <param name="port">Its port.</param>
    /// <param name="allowsRemote">Whether other machines may connect.</param>
    /// <param name="further">Further hosts that name it, such as that of a proxy: with any port, or with the given one.</param>
    public HostGuard(string service, int port, bool allowsRemote, IEnumerable<string>? further = null)
    {
        (_service, _allowsRemote) = (service, allowsRemote);
        _further = (further ?? []).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
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
        return context.Response.WriteAsync(
            $"The {_service} only accepts requests to localhost with its own port"
            + $"{(_further.Count > 0 ? ", or to the hosts that it was given" : "")}.\n");
    }

    internal bool IsOwn(string host) => _allowed.Contains(host) || IsFurther(host) || (_allowsRemote && IsAddressOrMachineName(host));

    private bool IsFurther(string host) =>
        _further.Contains(host) || (host.LastIndexOf(':') is > 0 and var colon && host.AsSpan(colon + 1) is { Length: > 0 } port
            && !port.ContainsAnyExceptInRange('0', '9') && _further.Contains(host[..colon]));

    /// <summary>
    /// For a server that accepts other machines: an IP address or the name of this machine, with any port, since ports may be forwarded.
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
