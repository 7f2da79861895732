using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Elbo.Studio.Tests;

/// <summary>
/// Listens to all pages of a window for what must not be: errors in the console, errors of scripts, what the content security policy has
/// stopped, and requests to any other machine.
/// </summary>
internal sealed class PageWatch
{
    private static readonly string[] Own = ["localhost", "127.0.0.1"];
    private static readonly string[] WithinThePage = ["data", "blob", "about"];
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<Uri> _requests = [];
    private readonly List<string> _expected = [];

    private PageWatch()
    {
    }

    public static async Task<PageWatch> Over(IBrowserContext context)
    {
        var watch = new PageWatch();
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
                watch._complaints.Enqueue($"console: {message.Text} ({message.Page?.Url})");
        };
        context.WebError += (_, error) => watch._complaints.Enqueue($"script: {error.Error}");
        context.Request += (_, request) => watch.Asked(request.Url);
        context.Page += (_, page) => page.WebSocket += (_, socket) => watch.Asked(socket.Url);
        // Not every violation is told in the console as an error.
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));");
        return watch;
    }

    /// <summary>What was asked for over a network, that of this machine itself included.</summary>
    public IReadOnlyList<Uri> Requests => [.. _requests];

    public IReadOnlyList<string> Complaints =>
        [.. _complaints.Where(complaint => !_expected.Any(part => complaint.Contains(part, StringComparison.Ordinal)))];

    /// <summary>Lets errors pass that belong to what is tested.</summary>
    public void Expect(string part) => _expected.Add(part);

    private void Asked(string url)
    {
        var address = new Uri(url);
        if (WithinThePage.Contains(address.Scheme))
            return;
        _requests.Enqueue(address);
        if (!Own.Contains(address.Host))
            _complaints.Enqueue($"request: {url} leaves this machine");
    }
}
