using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Elbo.Web;

/// <summary>The addresses under which other machines reach this one.</summary>
internal static class MachineAddresses
{
    /// <summary>
    /// The addresses of the network interfaces that are up, IPv4 first. Those that are valid on one link alone are left out: no browser
    /// takes the interface that they need in a URL.
    /// </summary>
    public static IReadOnlyList<IPAddress> All()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(each => each.OperationalStatus != OperationalStatus.Down)
                    .SelectMany(each => each.GetIPProperties().UnicastAddresses)
                    .Select(each => each.Address)
                    .Where(IsReachable)
                    .Distinct()
                    .OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6),
            ];
        }
        catch (NetworkInformationException)
        {
            // The system does not tell: the server is reached by the machine's name.
            return [];
        }
    }

    /// <summary>The address as the host of a URL.</summary>
    public static string Host(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static bool IsReachable(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
        && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast;
}
