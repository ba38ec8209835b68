using System.Net;

namespace Travel.Domain.Availability.Importing;

/// <summary>Which addresses a calendar may be fetched from, as far as that shows before anybody is asked where its host is.</summary>
internal static class CalendarAddress
{
    /// <summary>Characters a host name may have (RFC 1035, 2.3.4, as it is written). Who asks for a longer one gets an exception instead of an address.</summary>
    private const int LongestHost = 253;

    /// <returns>What is wrong with the address, as a sentence; null when nothing is.</returns>
    public static string? ErrorOf(string text, ImportOptions options, out Uri? url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("https" or "http") || HostOf(url) is not { } host)
        {
            return "Is not an address like https://example.org/calendar.ics.";
        }

        if (url.UserInfo.Length > 0)
        {
            return "A name and password in the address are not sent. Use a link that works without.";
        }

        if (options.Allows(url))
        {
            return null;
        }

        if (url.Scheme != Uri.UriSchemeHttps || !url.IsDefaultPort)
        {
            return "Must begin with https:// and name no port.";
        }

        // A host without a dot is somebody's neighbour, not a site.
        return IPAddress.TryParse(host, out var address) ? (address.IsPublic() ? null : NotPublic) : host.Contains('.', StringComparison.Ordinal) ? null : NotPublic;
    }

    /// <summary>The host as the resolver is asked for it; null when there is none that could be asked for.</summary>
    public static string? HostOf(Uri url)
    {
        try
        {
            return url.IdnHost is { Length: > 0 and <= LongestHost } host ? host : null;
        }
        catch (UriFormatException)
        {
            // A name like xn--é.org is taken for an address, and shows only here that it is none.
            return null;
        }
    }

    public const string NotPublic = "This address is not on the public internet.";
}
