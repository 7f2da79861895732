using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>What opening a view moves over the network, in a browser that has none of its files yet.</summary>
public class ViewSizeTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    private const int Budget = 300_000;

    [Theory]
    [InlineData("ledger")]
    [InlineData("generate")]
    [InlineData("condition")]
    [InlineData("runs")]
    public async Task Opening_a_view_moves_less_than_300_kB(string view)
    {
        var (requests, frames) = (new ConcurrentQueue<IRequest>(), new ConcurrentQueue<byte[]>());
        // Another page than the one that signed in, of which something may still be on its way.
        var page = await Page.Context.NewPageAsync();
        page.RequestFinished += (_, request) => requests.Enqueue(request);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => frames.Enqueue(frame.Binary ?? []);
        await Open(page, view);
        foreach (var picture in await page.Locator("main img").AllAsync())
            await Expect(picture).ToBeVisibleAsync();

        var sizes = await Task.WhenAll(requests.Where(request => request.Url.StartsWith("http", StringComparison.Ordinal))
            .Select(request => request.SizesAsync()));
        var files = sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize);
        var messages = Deflated(frames);
        TestContext.Current.TestOutputHelper?.WriteLine($"{view}: {files} bytes of files, {messages} of messages");
        Assert.InRange(files, 100_000, Budget);
        Assert.InRange(messages, 10_000, Budget - files);
    }

    [Fact]
    public async Task The_connection_of_a_page_is_compressed()
    {
        var response = await RawResponse.Send(Studio.Port,
            $"""
            GET /_blazor?access_token={Studio.Key} HTTP/1.1
            Host: localhost:{Studio.Port}
            Origin: http://localhost:{Studio.Port}
            Cookie: {Studio.Cookie}
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
            Sec-WebSocket-Extensions: permessage-deflate


            """);
        Assert.Equal(101, response.Status);
        Assert.Contains("permessage-deflate", Assert.Single(response.Headers["Sec-WebSocket-Extensions"]));
    }

    // As the connection does it: one stream for all messages. The browser only tells them as they are when decompressed.
    private static int Deflated(IEnumerable<byte[]> frames)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var frame in frames)
                stream.Write(frame);
        }

        return (int)deflated.Length;
    }
}
