using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Elbo.Studio.Tests;

public class ConnectionLimitTests
{
    private readonly List<string> _dropped = [];
    private readonly ConnectionLimit _limit = new(3);

    [Fact]
    public void At_the_limit_the_connection_that_is_idle_for_longest_is_dropped()
    {
        var first = Add("first")!;
        var second = Add("second")!;
        var third = Add("third")!;
        Assert.True(_limit.Begin(first));
        _limit.End(first);
        Assert.NotNull(Add("fourth"));
        Assert.Equal(["second"], _dropped);
        Assert.False(_limit.Begin(second));
        Assert.True(_limit.Begin(third));
        Assert.NotNull(Add("fifth"));
        Assert.Equal(["second", "first"], _dropped);
        Assert.Equal(3, _limit.Count);
    }

    [Fact]
    public void A_connection_is_refused_only_while_all_are_busy()
    {
        var busy = new[] { "first", "second", "third" }.Select(name => Add(name)!).ToList();
        Assert.All(busy, each => Assert.True(_limit.Begin(each)));
        Assert.Null(Add("fourth"));
        _limit.Remove(busy[1]);
        _limit.Remove(busy[1]);
        Assert.NotNull(Add("fifth"));
        Assert.Empty(_dropped);
        Assert.Equal(3, _limit.Count);
    }

    private OpenConnection? Add(string name) => _limit.Add((ConnectionAbortedException _) => _dropped.Add(name));
}

/// <summary>Connections that send nothing, or never finish a request, to a real server.</summary>
public class IdleConnectionTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private const string Page = "GET /ledger HTTP/1.1\nConnection: close\nHost: localhost:{port}\nCookie: {cookie}\n\n";

    [Fact]
    public async Task A_page_opens_while_more_connections_than_the_limit_are_idle_and_the_oldest_of_them_are_dropped()
    {
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < StudioLimits.Connections + 20; i++)
            {
                var client = new TcpClient();
                idle.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, studio.Port);
            }

            Assert.Equal(200, (await studio.Send(Page)).Status);
            Assert.True(await Ends(idle[0]));
            Assert.Equal(200, (await studio.Send(Page)).Status);
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_connection_without_a_complete_request_is_ended()
    {
        string[] beginnings =
        [
            "",
            "GET /ledger HT",
            "GET /ledger HTTP/1.1\nHost: localhost:{port}\n",
            // The body of the only request that reads one without the key.
            "POST /_blazor/disconnect HTTP/1.1\nHost: localhost:{port}\nCookie: {cookie}\nContent-Length: 100\n"
                + "Content-Type: application/x-www-form-urlencoded\n\ncircuitId=",
            // After a complete request, a second one that never comes.
            "GET /ledger HTTP/1.1\nHost: localhost:{port}\n\n",
        ];
        var ended = await Task.WhenAll(beginnings.Select(async beginning =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, studio.Port);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(studio.Filled(beginning).ReplaceLineEndings("\r\n")));
            return await Ends(client);
        }));
        Assert.All(ended, Assert.True);
    }

    /// <summary>Whether the server ends a connection within a time that is far below Kestrel's own limit of 130 seconds.</summary>
    private static async Task<bool> Ends(TcpClient client)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[4096];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, timeout.Token) > 0)
            {
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
