using System.Net;
using System.Net.Sockets;

namespace Elbo.Studio;

/// <summary>Finds the port to listen on.</summary>
internal static class ListeningPort
{
    private const int Attempts = 100;

    /// <summary>A port that is free on both loopback addresses, or on all addresses where the studio is open to other machines.</summary>
    /// <exception cref="EnvironmentException">The port asked for, or every port tried, is taken.</exception>
    public static int Find(StudioOptions options)
    {
        IPAddress[] addresses = options.AllowRemote ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return options.Port switch
        {
            null => Enumerable.Range(StudioOptions.DefaultPort, Attempts).Where(port => IsFree(addresses, port)).Cast<int?>().FirstOrDefault()
                ?? throw new EnvironmentException(
                    $"The ports {StudioOptions.DefaultPort} to {StudioOptions.DefaultPort + Attempts - 1} are all taken: name another with --port."),
            0 => Enumerable.Range(0, Attempts).Select(_ => AnyFree(addresses[0])).Where(port => IsFree(addresses, port)).Cast<int?>().FirstOrDefault()
                ?? throw new EnvironmentException("No port is free: end a program that listens, or name a port with --port."),
            { } port when IsFree(addresses, port) => port,
            { } port => throw Taken(port),
        };
    }

    /// <summary>The error of a port that another program has, or that needs rights which this one has not.</summary>
    public static EnvironmentException Taken(int port, Exception? inner = null) =>
        new($"Port {port} cannot be listened on: another program has it, or it needs rights of its own; name another with --port, or leave it out.", inner);

    private static int AnyFree(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(IEnumerable<IPAddress> addresses, int port) => addresses.All(address =>
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
            return true;
        try
        {
            using var listener = new TcpListener(address, port);
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
                listener.Server.DualMode = false;
            listener.Start();
            return true;
        }
        catch (SocketException exception)
        {
            // A machine may know IPv6 and have no such address.
            return exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported
                && address.AddressFamily == AddressFamily.InterNetworkV6;
        }
    });
}
