using System.Net;
using System.Net.Sockets;

namespace Travel.Domain.Availability.Importing;

/// <summary>
/// Tells addresses on the public internet from all others, so that nobody has us fetch from our own network. After IANA's registries of
/// special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry, …-ipv6-special-registry).
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. from network in new[]
           {
               "0.0.0.0/8", // this network
               "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
               "100.64.0.0/10", // behind a carrier's NAT
               "127.0.0.0/8", // loopback
               "169.254.0.0/16", // link-local, and where clouds keep their secrets
               "192.0.0.0/24", // protocol assignments
               "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
               "192.88.99.0/24", // 6to4 relays
               "198.18.0.0/15", // benchmarks
               "224.0.0.0/4", // multicast
               "240.0.0.0/4", // reserved, and broadcast
               "2001::/23", // protocol assignments, Teredo among them, which carries an IPv4 address
               "2001:db8::/32", "3fff::/20", // documentation
               "2002::/16", // 6to4, which carries an IPv4 address
           }
           select IPNetwork.Parse(network),
    ];

    /// <summary>All that is given out of IPv6; loopback, link-local, unique local, multicast and the rest lie outside.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>IPv4 as networks without it write it (RFC 6052).</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(this IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().IsPublic();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (Nat64.Contains(address))
            {
                return new IPAddress(address.GetAddressBytes().AsSpan(12)).IsPublic();
            }

            if (!GlobalUnicast.Contains(address))
            {
                return false;
            }
        }

        return !NotPublic.Any(network => network.Contains(address));
    }
}
