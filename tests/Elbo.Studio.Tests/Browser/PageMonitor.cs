using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Elbo.Studio.Tests;

/// <summary>
/// Records errors of all pages of a browser context: console errors, script errors, violations of the content security policy, and requests
/// to other machines.
/// </summary>
internal sealed class PageMonitor
{
    private static readonly string[] OwnHosts = ["localhost", "127.0.0.1"];
    private static readonly string[] LocalSchemes = ["data", "blob", "about"];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<Uri> _requests = [];
    private readonly List<string> _ignored = [];

    private PageMonitor()
    {
    }

    public static async Task<PageMonitor> Attach(IBrowserContext context)
    {
        var monitor = new PageMonitor();
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
                monitor._errors.Enqueue($"console: {message.Text} ({message.Page?.Url})");
        };
        context.WebError += (_, error) => monitor._errors.Enqueue($"script: {error.Error}");
        context.Request += (_, request) => monitor.AddRequest(request.Url);
        context.Page += (_, page) => page.WebSocket += (_, socket) => monitor.AddRequest(socket.Url);
        // Not every violation is logged to the console as an error.
        await context.AddInitScriptAsync(
            """
            document.addEventListener(
                'securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
            """);
        return monitor;
    }

    /// <summary>All requests over the network, including those to this machine.</summary>
    public IReadOnlyList<Uri> Requests => [.. _requests];

    public IReadOnlyList<string> Errors =>
        [.. _errors.Where(error => !_ignored.Any(part => error.Contains(part, StringComparison.Ordinal)))];

    /// <summary>Ignores errors that contain a text, because the test causes them on purpose.</summary>
    public void Ignore(string part) => _ignored.Add(part);

    private void AddRequest(string url)
    {
        var address = new Uri(url);
        if (LocalSchemes.Contains(address.Scheme))
            return;
        _requests.Enqueue(address);
        if (!OwnHosts.Contains(address.Host))
            _errors.Enqueue($"request: {url} goes to another machine");
    }
}
