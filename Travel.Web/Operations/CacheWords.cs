using System.Globalization;

namespace Travel.Web.Operations;

internal static class CacheWords
{
    public static string Region(string region) => region switch
    {
        "listing-pages" => "Pages of places",
        "list-pages" => "Lists of places",
        "place-pages" => "Places to go to, as they are typed",
        "review-pages" => "Lists of reviews",
        "night-pages" => "Taken nights, as answered",
        "listing" => "Places",
        "slugs" => "Addresses of places",
        "rates" => "Prices",
        "nights" => "Taken nights",
        "reviews" => "Reviews",
        "facets" => "Numbers beside filters",
        "meanings" => "Words and places searched for",
        _ => region,
    };

    public static string Ratio(double? ratio) => ratio?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "not asked for";

    public static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");
}
