using System.Net.WebSockets;
using System.Text;

namespace Elbo.Studio.Tests;

/// <summary>What comes over the connection of a page.</summary>
public class MessageTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Fact]
    public async Task A_page_s_connection_answers_the_handshake()
    {
        using var socket = await Connect();
        await Send(socket, Handshake());
        var (kind, text) = await Receive(socket);
        Assert.NotEqual(WebSocketMessageType.Close, kind);
        Assert.Equal("{}\u001e", text);
    }

    [Fact]
    public async Task A_message_that_is_too_large_ends_the_connection()
    {
        using var socket = await Connect();
        await Send(socket, Handshake());
        await Receive(socket);
        // A message's length in sevens of bits, lowest first, then the message: 100,000 bytes.
        await Send(socket, [0xA0, 0x8D, 0x06, .. new byte[100_000]]);
        try
        {
            while ((await Receive(socket)).Kind != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut off without a word: as good.
        }

        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    private static byte[] Handshake() => Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");

    private static Task Send(ClientWebSocket socket, byte[] message) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private static async Task<(WebSocketMessageType Kind, string Text)> Receive(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, patience.Token);
        return (received.MessageType, Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    private async Task<ClientWebSocket> Connect()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", $"http://localhost:{studio.Port}");
        socket.Options.SetRequestHeader("Cookie", studio.Cookie);
        await socket.ConnectAsync(new Uri($"ws://localhost:{studio.Port}/_blazor"), CancellationToken.None);
        return socket;
    }
}
