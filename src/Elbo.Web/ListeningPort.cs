using System.Net;
using System.Net.Sockets;

namespace Elbo.Web;

/// <summary>Chooses the port to listen on.</summary>
internal static class ListeningPort
{
    private const int Attempts = 100;

    /// <summary>Finds a port that is free on both loopback addresses, or on all addresses if remote access is allowed.</summary>
    /// <param name="wanted">The port; 0 for any free port, null for the first free one from <paramref name="first"/> on.</param>
    /// <param name="first">The port where none is given.</param>
    /// <param name="allowsRemote">Whether other machines may connect.</param>
    /// <exception cref="EnvironmentException">The requested port, or every tried port, is in use.</exception>
    public static int Find(int? wanted, int first, bool allowsRemote)
    {
        IPAddress[] addresses = allowsRemote ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return wanted switch
        {
            null => FirstFree(addresses, Enumerable.Range(first, Attempts)) ?? throw new EnvironmentException(
                $"The ports {first} to {first + Attempts - 1} are all in use: choose another with --port."),
            0 => FirstFree(addresses, Enumerable.Range(0, Attempts).Select(_ => AnyFree(addresses[0])))
                ?? throw new EnvironmentException("No port is free: stop a program that listens on one, or choose a port with --port."),
            { } port when IsFree(addresses, port) => port,
            { } port => throw Taken(port),
        };
    }

    /// <summary>The error for a port that is in use by another program or needs additional permissions.</summary>
    public static EnvironmentException Taken(int port, Exception? inner = null) =>
        new(
            $"Port {port} cannot be used: another program uses it, or it needs additional permissions; "
            + "choose another with --port, or omit the option.",
            inner);

    private static int? FirstFree(IPAddress[] addresses, IEnumerable<int> ports) =>
        ports.Where(port => IsFree(addresses, port)).Cast<int?>().FirstOrDefault();

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
            // A machine may support IPv6 without having an IPv6 address.
            return exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported
                && address.AddressFamily == AddressFamily.InterNetworkV6;
        }
    });
}
