namespace Travel.Api.Accounts;

/// <summary>
/// What a browser says of itself, shortened to what its owner would call it. The whole of it would help to recognise people, and help
/// nobody to recognise a session.
/// </summary>
internal static class UserAgents
{
    // In this order: browsers name those they descend from, or want to be taken for, as well.
    private static readonly (string Part, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Part, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    /// <returns><c>Firefox on Linux</c>; the program's name for what is no browser; null when nothing is said.</returns>
    public static string? Shorten(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return null;
        }

        var browser = NameIn(Browsers, userAgent);
        var system = NameIn(Systems, userAgent);
        return (browser, system) switch
        {
            ({ } known, { } on) => $"{known} on {on}",
            ({ } known, null) => known,
            _ => ProgramIn(userAgent),
        };
    }

    private static string? NameIn((string Part, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(candidate => userAgent.Contains(candidate.Part, StringComparison.Ordinal)).Name;

    /// <summary>The first word without its version: <c>curl</c> of <c>curl/8.5.0</c>.</summary>
    private static string? ProgramIn(string userAgent)
    {
        var name = new string([.. userAgent.Split(' ', '/')[0].Where(char.IsAsciiLetterOrDigit).Take(Domain.Accounts.Session.LongestUserAgent)]);
        return name.Length > 0 ? name : null;
    }
}
