namespace Travel.Api.Search;

/// <summary>
/// What <see cref="Domain.Bookings.QuoteStay"/> reckons, in SQL: to be found, filtered and ordered by, the total has to be known where the listings are.
/// A test holds the two against each other.
/// </summary>
internal static class StayTotalSql
{
    /// <summary>What is read of the listing.</summary>
    public const string Columns =
        "l.price_per_night_minor_units, l.weekend_price_minor_units, l.weekend_nights, l.cleaning_fee_minor_units, l.extra_guest_fee_minor_units, "
        + "l.included_guests, l.max_guests";

    /// <summary>An expression of the columns of <paramref name="listing"/>, in minor units of its currency.</summary>
    /// <param name="checkIn">Placeholder of a date, as are the others of what they say.</param>
    public static string Of(string listing, string checkIn, string checkOut, string nights, string guests)
    {
        // What a weekend night costs more than another, where it does.
        var weekend = $"({listing}.weekend_price_minor_units - {listing}.price_per_night_minor_units)";
        var (from, to) = ($"greatest(season.from_on, {checkIn})", $"least(season.to_on, {checkOut})");
        return $"""
            {nights} * ({listing}.price_per_night_minor_units
                + greatest(0, {guests} - coalesce({listing}.included_guests, {listing}.max_guests)) * {listing}.extra_guest_fee_minor_units)
            + {listing}.cleaning_fee_minor_units
            + coalesce({weekend} * {WeekendNights(listing, checkIn, checkOut)}, 0)
            + coalesce((
                SELECT sum(
                    ({to} - {from}) * (season.price_per_night_minor_units - {listing}.price_per_night_minor_units)
                    - coalesce({weekend} * {WeekendNights(listing, from, to)}, 0))
                FROM listing_seasons season
                WHERE season.listing_id = {listing}.id AND season.to_on > {checkIn} AND season.from_on < {checkOut}), 0)::bigint
            """;
    }

    /// <summary>How many of the nights begin on one of the listing's weekend days: of each day, those before the end less those before the beginning.</summary>
    private static string WeekendNights(string listing, string from, string to) => $"""
        (SELECT sum(({SinceASunday(to)} + 6 - day) / 7 - ({SinceASunday(from)} + 6 - day) / 7)
            FROM unnest({listing}.weekend_nights) day WHERE {listing}.weekend_price_minor_units IS NOT NULL)
        """;

    private static string SinceASunday(string day) => $"({day} - DATE '2000-01-02')";
}
