using System.Net;

namespace Travel.Domain.Availability.Importing;

/// <summary>Which addresses a calendar may be fetched from, as far as that shows before anybody is asked where its host is.</summary>
internal static class CalendarAddress
{
    /// <returns>What is wrong with the address, as a sentence; null when nothing is.</returns>
    public static string? ErrorOf(string text, ImportOptions options, out Uri? url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("https" or "http") || url.IdnHost.Length == 0)
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
        return IPAddress.TryParse(url.IdnHost, out var address) ? (address.IsPublic() ? null : NotPublic) : url.IdnHost.Contains('.', StringComparison.Ordinal) ? null : NotPublic;
    }

    public const string NotPublic = "This address is not on the public internet.";
}
