using System.Net;
using System.Net.NetworkInformation;

namespace Elbo.Studio.Tests;

/// <summary>From where the studio can be reached: from this machine only, unless remote access is allowed.</summary>
public class RemoteAccessTests(RunningStudio studio, RemoteStudio remote) : IClassFixture<RunningStudio>, IClassFixture<RemoteStudio>
{
    [Fact]
    public void By_default_it_listens_on_loopback_addresses_only()
    {
        var addresses = ListeningOn(studio.Port);
        Assert.Contains(IPAddress.Loopback, addresses);
        Assert.All(addresses, address => Assert.True(IPAddress.IsLoopback(address), $"{address} is not a loopback address."));
    }

    [Fact]
    public void With_remote_access_it_listens_on_all_addresses()
    {
        Assert.Contains(ListeningOn(remote.Port), address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
    }

    [Theory]
    [InlineData("localhost:{port}", 200)]
    [InlineData("127.0.0.1:{port}", 200)]
    [InlineData("192.0.2.7:{port}", 200)]
    [InlineData("192.0.2.7", 200)]
    [InlineData("[2001:db8::7]:{port}", 200)]
    [InlineData("localhost:8080", 200)]
    [InlineData("{machine}:{port}", 200)]
    [InlineData("evil.example:{port}", 400)]
    [InlineData("evil.example", 400)]
    [InlineData("localhost.evil.example:{port}", 400)]
    [InlineData("192.0.2.7.evil.example:{port}", 400)]
    [InlineData("{machine}.evil.example:{port}", 400)]
    [InlineData("192.0.2.7@evil.example", 400)]
    [InlineData("2130706433:{port}", 400)]
    [InlineData("192.0.2.7/evil.example", 400)]
    [InlineData("", 400)]
    public async Task With_remote_access_it_accepts_IP_addresses_and_its_own_machine_name_and_no_other_host(string host, int status)
    {
        var response = await remote.Send(
            $"GET /ledger HTTP/1.1\nConnection: close\nHost: {host.Replace("{machine}", Dns.GetHostName())}\nCookie: {{cookie}}\n\n");
        Assert.Equal(status, response.Status);
    }

    [Theory]
    [InlineData("X-None: none", 401)]
    [InlineData("Cookie: {cookie}", 200)]
    [InlineData("X-Forwarded-For: 127.0.0.1", 401)]
    public async Task With_remote_access_it_still_requires_the_token(string header, int status)
    {
        var response = await remote.Send($"GET /ledger HTTP/1.1\nConnection: close\nHost: 192.0.2.7:{{port}}\n{header}\n\n");
        Assert.Equal(status, response.Status);
    }

    [Theory]
    [InlineData("X-None: none", 401)]
    [InlineData("Authorization: Bearer {cookie}", 401)]
    [InlineData("Authorization: Bearer {token}", 401)]
    [InlineData("Authorization: Bearer {key}", 200)]
    public async Task With_remote_access_a_connection_needs_the_key_besides_the_cookie(string header, int status)
    {
        var response = await remote.Send(
            "POST /_blazor/negotiate?negotiateVersion=1 HTTP/1.1\nConnection: close\nContent-Length: 0\n"
            + $"Host: 192.0.2.7:{{port}}\nCookie: {{cookie}}\n{header}\n\n");
        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task With_remote_access_the_address_of_the_machine_opens_the_studio_with_the_token()
    {
        var response = await remote.Send(
            "GET /ledger?token={token} HTTP/1.1\nConnection: close\nHost: 192.0.2.7:{port}\nAccept: text/html\n\n");
        Assert.Equal(200, response.Status);
        Assert.Contains(remote.Key, response.Body);
        Assert.Contains("ws://192.0.2.7", Assert.Single(response.Headers["Content-Security-Policy"]));
    }

    [Theory]
    [InlineData("http://192.0.2.7:{port}", 101)]
    [InlineData("http://192.0.2.8:{port}", 403)]
    [InlineData("http://localhost:{port}", 403)]
    [InlineData("http://evil.example", 403)]
    public async Task With_remote_access_it_accepts_a_WebSocket_from_its_own_origin_only(string origin, int status)
    {
        var response = await remote.Send(
            "GET /_blazor HTTP/1.1\nConnection: Upgrade, close\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n"
            + $"Host: 192.0.2.7:{{port}}\nOrigin: {origin}\nCookie: {{cookie}}\nAuthorization: Bearer {{key}}\n\n");
        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task The_addresses_for_other_machines_are_those_of_this_one_and_each_opens_the_studio()
    {
        Assert.Empty(studio.Server.RemoteAddresses);
        var addresses = remote.Server.RemoteAddresses;
        using var client = new HttpClient();
        foreach (var address in addresses)
        {
            Assert.Equal((remote.Port, remote.Server.Address.Query), (address.Port, address.Query));
            using var response = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        // The name of a machine may stand for some of its addresses only, and for a loopback address.
        var hosts = addresses.Select(address => IPAddress.Parse(address.Host)).ToArray();
        Assert.DoesNotContain(hosts, IPAddress.IsLoopback);
        var named = await Dns.GetHostAddressesAsync("", TestContext.Current.CancellationToken);
        Assert.Subset(hosts.ToHashSet(), named.Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal).ToHashSet());
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_sentence()
    {
        var refusal = await Assert.ThrowsAsync<EnvironmentException>(
            () => StudioServer.StartAsync(new StudioOptions { Roots = [], Port = studio.Port }));
        Assert.Contains($"Port {studio.Port} ", refusal.Message);
        Assert.Contains("--port", refusal.Message);
    }

    private static IPAddress[] ListeningOn(int port) =>
    [
        .. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(endpoint => endpoint.Port == port)
            .Select(endpoint => endpoint.Address),
    ];
}
