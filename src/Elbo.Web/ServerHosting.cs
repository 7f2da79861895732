using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Elbo.Web;

/// <summary>What every server of Elbo does alike: where it listens, how many connections it admits, and what it logs.</summary>
internal static class ServerHosting
{
    /// <summary>Listens over HTTP/1.1 on the loopback addresses, or on all where other machines may connect.</summary>
    /// <param name="kestrel">The options of the web server.</param>
    /// <param name="port">The port.</param>
    /// <param name="allowsRemote">Whether other machines may connect.</param>
    /// <param name="maxConnections">The maximum number of connections.</param>
    public static void Listen(this KestrelServerOptions kestrel, int port, bool allowsRemote, int maxConnections)
    {
        kestrel.AddServerHeader = false;
        var connections = new ConnectionLimit(maxConnections);
        if (allowsRemote)
            kestrel.ListenAnyIP(port, Configure);
        else
            kestrel.ListenLocalhost(port, Configure);

        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(connections.Admit);
        }
    }

    /// <summary>Logs warnings and errors to stderr, a line each.</summary>
    public static void AddWarningsToStandardError(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        // A failed start throws an exception, which the caller reports.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
