using System.Buffers.Binary;
using System.Globalization;
using Travel.Api.Paging;

namespace Travel.Api.Search;

/// <summary>Where the next page goes on: behind this stay, by the key it is ordered by.</summary>
/// <param name="Centre">
/// From where distances were measured, on the first page: a place's centre moves when a stay is added to it, and those already shown would
/// change places.
/// </param>
internal sealed record SearchCursor(long Key, Guid Id, Spot Centre)
{
    private const int Bytes = 40;

    /// <summary>It belongs to one question: with other filters the stay would stand somewhere else.</summary>
    public string Write(Cursors cursors, ListingSearch search, PriceScale scale)
    {
        Span<byte> row = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(row, Key);
        Id.TryWriteBytes(row[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteDoubleBigEndian(row[24..], Centre.Latitude);
        BinaryPrimitives.WriteDoubleBigEndian(row[32..], Centre.Longitude);
        return cursors.After(ListOf(search, scale), row);
    }

    /// <returns>Null when it is no cursor of this question.</returns>
    public static SearchCursor? Read(Cursors cursors, ListingSearch search, PriceScale scale, string cursor)
    {
        Span<byte> row = stackalloc byte[Bytes];
        return cursors.TryRead(ListOf(search, scale), cursor, row)
            ? new SearchCursor(
                BinaryPrimitives.ReadInt64BigEndian(row),
                new Guid(row[8..24], bigEndian: true),
                new Spot(BinaryPrimitives.ReadDoubleBigEndian(row[24..]), BinaryPrimitives.ReadDoubleBigEndian(row[32..])))
            : null;
    }

    /// <summary>At another rate the prices stand in another order.</summary>
    private static string ListOf(ListingSearch search, PriceScale scale) =>
        "listings?" + search.Canonical + (search.IsByPrice ? string.Create(CultureInfo.InvariantCulture, $"&rate={scale.OneDollarCent}") : "");
}
