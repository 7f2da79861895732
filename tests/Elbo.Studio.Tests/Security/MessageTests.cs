using System.Net.WebSockets;
using System.Text;

namespace Elbo.Studio.Tests;

/// <summary>Messages over the WebSocket connection of a page.</summary>
public class MessageTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Fact]
    public async Task The_connection_of_a_page_responds_to_the_handshake()
    {
        using var socket = await Connect();
        await Send(socket, Handshake());
        var (kind, text) = await Receive(socket);
        Assert.NotEqual(WebSocketMessageType.Close, kind);
        Assert.Equal("{}\u001e", text);
    }

    [Fact]
    public async Task A_message_above_the_size_limit_closes_the_connection()
    {
        using var socket = await Connect();
        await Send(socket, Handshake());
        await Receive(socket);
        // The length of the message as a variable-length integer (7 bits per byte, lowest first), then 100,000 bytes.
        await Send(socket, [0xA0, 0x8D, 0x06, .. new byte[100_000]]);
        try
        {
            while ((await Receive(socket)).Kind != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Closed without a close frame: also fine.
        }

        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    private static byte[] Handshake() => Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");

    private static Task Send(ClientWebSocket socket, byte[] message) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private static async Task<(WebSocketMessageType Kind, string Text)> Receive(ClientWebSocket socket)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, timeout.Token);
        return (received.MessageType, Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    private async Task<ClientWebSocket> Connect()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", $"http://localhost:{studio.Port}");
        socket.Options.SetRequestHeader("Cookie", studio.Cookie);
        await socket.ConnectAsync(new Uri($"ws://localhost:{studio.Port}/_blazor?access_token={studio.Key}"), CancellationToken.None);
        return socket;
    }
}
