using System.Globalization;

namespace Travel.Domain.Caching;

/// <summary>
/// What a cached answer is made of, by name. Who reads names the tags of what they look at; who writes names the tags of what they have changed,
/// with <see cref="TouchedTags.Touches"/>.
/// </summary>
public static class CacheTags
{
    /// <summary>Of each entry, without anybody naming it.</summary>
    public const string Everything = "everything";

    /// <summary>Which places there are to be found, and what the list says of them.</summary>
    public const string Listings = "listings";

    /// <summary>Nights of any place: lists that leave out what is taken.</summary>
    public const string Nights = "nights";

    /// <summary>Which place an address leads to. That never changes, but for an address that becomes free.</summary>
    public const string Slugs = "slugs";

    /// <summary>What the page of a place shows: its words, photos, prices, host and rating, and whether it is shown at all.</summary>
    public static string Listing(Guid id) => $"listing:{id:N}";

    private static readonly IReadOnlyList<string> ListTags = [Listings], TagsOfFreeNights = [Listings, Nights];

    /// <summary>What a list of places depends on, and what is counted of it.</summary>
    /// <param name="withDates">Whether it leaves out what is taken.</param>
    public static IReadOnlyList<string> OfLists(bool withDates) => withDates ? TagsOfFreeNights : ListTags;

    /// <summary>Whether anything can be tagged with it.</summary>
    public static bool IsOne(string tag) => tag is Everything or Listings or Nights or Slugs
        || (tag.Split(':') is ["listing" or "nights" or "reviews", var id] && Guid.TryParseExact(id, "N", out _));

    /// <summary>Which of its nights are taken.</summary>
    public static string NightsOf(Guid listingId) => $"nights:{listingId:N}";

    /// <summary>What guests say of it, and as whom.</summary>
    public static string ReviewsOf(Guid listingId) => $"reviews:{listingId:N}";
}

/// <summary>Kinds of cached things; each is counted by itself. A key begins with its region.</summary>
public static class CacheRegions
{
    /// <summary>Whole answers.</summary>
    public const string ListingPages = "listing-pages", ListPages = "list-pages", PlacePages = "place-pages", ReviewPages = "review-pages", NightPages = "night-pages";

    /// <summary>Computed results.</summary>
    public const string Listing = "listing", Slugs = "slugs", Rates = "rates", Nights = "nights", Reviews = "reviews", Facets = "facets", Meanings = "meanings";

    public static IReadOnlyList<string> All { get; } = [ListingPages, ListPages, PlacePages, ReviewPages, NightPages, Listing, Slugs, Rates, Nights, Reviews, Facets, Meanings];
}

/// <summary>Keys of computed results.</summary>
public static class CacheKeys
{
    private static readonly long TicksOfAQuarter = TimeSpan.FromMinutes(15).Ticks;

    /// <summary>A day begins somewhere on earth at a quarter of an hour, and never between: what depends on the day is kept under it, and no longer.</summary>
    public static string Quarter(DateTimeOffset now) => (now.UtcTicks / TicksOfAQuarter).ToString(CultureInfo.InvariantCulture);

    /// <param name="search">The whole question in one form.</param>
    /// <param name="after">Where the page begins.</param>
    /// <param name="limit">How many are on it.</param>
    /// <param name="facets">Whether they are on it too.</param>
    /// <param name="now">Stays that begin today are no longer found tomorrow.</param>
    public static string ListPage(string search, string after, int limit, bool facets, DateTimeOffset now) =>
        $"{CacheRegions.ListPages}:{Quarter(now)}:{limit}:{facets}:{after}:{search}";

    /// <param name="search">The whole question in one form.</param>
    /// <param name="now">Stays that begin today are no longer found tomorrow.</param>
    public static string Facets(string search, DateTimeOffset now) => $"{CacheRegions.Facets}:{Quarter(now)}:{search}";

    /// <param name="written">By a guest who looks for stays with these words.</param>
    public static string Words(string written) => $"{CacheRegions.Meanings}:words:{written}";

    /// <param name="written">By a guest who looks for stays there.</param>
    public static string Place(string written) => $"{CacheRegions.Meanings}:place:{written}";

    public static string Listing(Guid id) => $"{CacheRegions.Listing}:{id:N}";

    public static string Slug(string slug) => $"{CacheRegions.Slugs}:{slug}";

    public static string Rates(Guid listingId) => $"{CacheRegions.Rates}:{listingId:N}";

    public static string Nights(Guid listingId) => $"{CacheRegions.Nights}:{listingId:N}";

    public static string Reviews(Guid listingId, int limit, Guid after) => $"{CacheRegions.Reviews}:{listingId:N}:{limit}:{after:N}";

    /// <summary>What stands before the first colon.</summary>
    public static string RegionOf(string key) => key.IndexOf(':', StringComparison.Ordinal) is > 0 and var end ? key[..end] : key;
}

/// <summary>What Redis has of ours.</summary>
/// <param name="prefix">Of all of it: <see cref="CachingOptions.Prefix"/>.</param>
internal sealed class RedisNames(string prefix)
{
    /// <summary>What a word to oneself begins with. No tag does.</summary>
    public const string Echo = "echo:";

    /// <summary>What an entry says may be said otherwise by the next version of Travel: none reads another's.</summary>
    private static readonly string Build = $"{typeof(Contracts.TravelJson).Module.ModuleVersionId:N}{typeof(RedisNames).Module.ModuleVersionId:N}";

    public string Epoch { get; } = prefix + ":cache:epoch";

    /// <summary>On it names of touched tags are told, one a line; and each process says words to itself, to know that it hears.</summary>
    public string Touched { get; } = prefix + ":cache:touched";

    public string Entry(string key) => $"{prefix}:cache:entry:{Build}:{key}";

    public string Tag(string name) => $"{prefix}:cache:tag:{name}";

    /// <summary>That a change has been told of, so that the second way of telling it does nothing.</summary>
    public string Done(Guid change) => $"{prefix}:cache:done:{change:N}";

    /// <summary>What all processes have counted in a minute.</summary>
    public string Minute(DateTimeOffset minute) => $"{prefix}:cache:minute:{minute.ToUnixTimeSeconds() / 60}";
}
