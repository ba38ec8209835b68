using Microsoft.EntityFrameworkCore;
using Travel.Api.Caching;
using Travel.Domain;
using Travel.Domain.Caching;

namespace Travel.Api.Search;

/// <summary>What the words and the place that a guest wrote stand for. It is known before the search, so that PostgreSQL can plan for how many stays they have.</summary>
/// <param name="Words">A tsquery; null when no words were written.</param>
/// <param name="Places">Null when no place was written.</param>
internal sealed record SearchMeaning(string? Words, PlaceRange[]? Places)
{
    public static async Task<SearchMeaning> ReadAsync(ListingSearch search, TravelDbContext db, CancellationToken cancellationToken) => new(
        search.Q is { } words ? await WordsAsync(words, db, cancellationToken) : null,
        search.Place is { } place ? await PlacesAsync(place, db, cancellationToken) : null);

    /// <summary>The same, as it is kept for all who write as much.</summary>
    public static async ValueTask<SearchMeaning> FindAsync(ListingSearch search, SharedReads reads, CancellationToken cancellationToken)
    {
        var tags = CacheTags.OfLists(withDates: false);
        return new SearchMeaning(
            search.Q is { } words ? await reads.FindAsync(CacheKeys.Words(words), tags, async (db, token) => await WordsAsync(words, db, token), cancellationToken) : null,
            search.Place is { } place ? await reads.FindAsync(CacheKeys.Place(place), tags, async (db, token) => await PlacesAsync(place, db, token), cancellationToken) : null);
    }

    private static Task<string> WordsAsync(string words, TravelDbContext db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<string>($"SELECT words_meant({words})::text AS \"Value\"").SingleAsync(cancellationToken);

    /// <summary>Neighbours, between which there is no other, are one range.</summary>
    private static Task<PlaceRange[]> PlacesAsync(string place, TravelDbContext db, CancellationToken cancellationToken) => db.Database.SqlQuery<PlaceRange>(
        $"""
        SELECT min(key) AS "First", max(key) AS "Last"
        FROM (
            SELECT key, count(*) FILTER (WHERE neighbour IS DISTINCT FROM before) OVER (ORDER BY key) AS range
            FROM (
                SELECT key, lag(key) OVER (ORDER BY key) AS before, (SELECT max(places.key) FROM places WHERE places.key < called.key) AS neighbour
                FROM (SELECT unnest(places_called({place})) COLLATE "C" AS key) called
            ) neighbours
        ) ranges
        GROUP BY range
        """).ToArrayAsync(cancellationToken);
}

/// <summary>All places from one to the other, in the order of their keys: mostly one, or a whole region or country, of which a list would have hundreds.</summary>
internal sealed record PlaceRange(string First, string Last);
