namespace Travel.Web;

/// <summary>Addresses that came in with a request and are about to be redirected to.</summary>
internal static class LocalUrl
{
    /// <summary>The address if it is a path on this site, else the home page: nobody is sent elsewhere by a link to us.</summary>
    public static string OrHome(string? url) => IsLocal(url) ? url! : "/";

    // Browsers read "//host", "/\host" and paths with control characters as other hosts or as something shorter.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
