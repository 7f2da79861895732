using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Elbo.Studio.Tests;

/// <summary>A response as it was received over the socket.</summary>
internal sealed record RawResponse(int Status, ILookup<string, string> Headers, string Body)
{
    /// <summary>
    /// Sends text to a port of this machine and reads until the server closes the connection or upgrades it to a WebSocket.
    /// </summary>
    /// <param name="port">The port.</param>
    /// <param name="request">The lines of the request, an empty line and the body.</param>
    public static async Task<RawResponse> Send(int port, string request)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")), timeout.Token);
        }
        catch (IOException)
        {
            // A server may stop reading early; what it has sent before can still be read.
        }

        var received = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer, timeout.Token) is > 0 and var count)
            {
                received.Append(Encoding.Latin1.GetString(buffer, 0, count));
                var text = received.ToString();
                if (text.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) && text.Contains("\r\n\r\n"))
                    break;
            }
        }
        catch (IOException) when (received.Length > 0)
        {
            // The server closed the connection without reading the whole request.
        }

        return Read(received.ToString());
    }

    private static RawResponse Read(string text)
    {
        var parts = text.Split("\r\n\r\n", 2);
        Assert.True(parts.Length == 2, $"The response has no end of headers: '{text}'.");
        var lines = parts[0].Split("\r\n");
        return new RawResponse(
            int.Parse(lines[0].Split(' ')[1]),
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(line => line[0], line => line[^1], StringComparer.OrdinalIgnoreCase),
            parts[1]);
    }
}
