using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain;

namespace Travel.Bench.Search;

/// <summary>
/// As many listings and stays as Travel is planned for, the same in every database but for the day that their dates are counted from: what looks like
/// chance is a hash of the row's number. The database writes them itself, which takes it two or three minutes; no row goes over a wire.
/// </summary>
internal static class ReferenceData
{
    private const int Hosts = 5000;
    private const int Places = 1000;

    /// <summary>Of each stay of a listing: they begin in the first days of their part, so that none meets the next.</summary>
    private const int DaysOfAStay = 36;

    public static async Task LoadAsync(TravelDbContext db, int listings, int stays, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(db.Database.GetConnectionString());
        await connection.OpenAsync(cancellationToken);
        foreach (var sql in new[] { Chance, HostRows, PlaceRows, ListingRows(listings), SeasonRows(listings), StayRows(listings, stays), "VACUUM ANALYZE" })
        {
            await using var load = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await load.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Some listings, always the same, and their cities: those that have many of them come as often.</summary>
    public static async Task<(List<Guid> Ids, List<string> Cities)> SomeAsync(TravelDbContext db, int count, CancellationToken cancellationToken)
    {
        var some = await db.Listings.OrderBy(listing => listing.Id).Select(listing => new { listing.Id, listing.City }).Take(count).ToListAsync(cancellationToken);
        return (some.ConvertAll(listing => listing.Id), some.ConvertAll(listing => listing.City));
    }

    /// <summary>Ids rise with their number, as those made by the clock do.</summary>
    private const string Chance =
        """
        CREATE FUNCTION pg_temp.dice(number bigint, what bigint, sides bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
            $$ SELECT (hashint8extended(number, what) & 9223372036854775807) % sides $$;
        CREATE FUNCTION pg_temp.pick(number bigint, what bigint, VARIADIC from_these text[]) RETURNS text LANGUAGE sql IMMUTABLE AS
            $$ SELECT from_these[1 + (hashint8extended(number, what) & 9223372036854775807) % cardinality(from_these)] $$;
        CREATE FUNCTION pg_temp.id_of(kind integer, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
            $$ SELECT ('0192f0c1-' || lpad(to_hex(number / 65536), 4, '0') || '-7' || lpad(to_hex(kind), 3, '0') || '-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$;
        """;

    private static readonly string HostRows = string.Create(CultureInfo.InvariantCulture,
        $"""
        INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number_confirmed, two_factor_enabled,
            lockout_enabled, access_failed_count, display_name, role, created_at)
        SELECT pg_temp.id_of(2, n), name, upper(name), name, upper(name), true, false, false, false, 0, 'Host ' || n, 'Host', now()
        FROM (SELECT n, 'host' || n || '@bench.example.org' AS name FROM generate_series(1, {Hosts}) n) people
        """);

    private static readonly string PlaceRows = string.Create(CultureInfo.InvariantCulture,
        $"""
        CREATE TEMPORARY TABLE reference_places AS
        SELECT number,
            initcap(pg_temp.pick(number, 1, 'Ba', 'Go', 'La', 'Ad', 'Me', 'Ko', 'Ti', 'Sha', 'Ne', 'Wo', 'Ji', 'Ha', 'Du', 'Ri', 'Zé', 'Mo')
                || pg_temp.pick(number, 2, 'har', 'ndo', 'li', 'dis', 'ke', 'mba', 'gray', 'she', 'ki', 'lko', 'mma', 'rar', 'lu', 'mbe', 'nga', 'ra')
                || pg_temp.pick(number, 3, 'ba', 'r', 'bela', 'sa', 'le', 'cha', 'ti', 'men', 'du', 'to', 'ça', 'wa', 'na', 'zi', 'ko', 'lo'))
                || CASE WHEN number > 250 THEN pg_temp.pick(number, 4, ' Norte', ' Sur', ' Beach', ' Hills') ELSE '' END AS city,
            'Region ' || chr((65 + pg_temp.dice(number, 5, 12))::integer) AS region,
            pg_temp.pick(number, 6, 'Ethiopia', 'Ethiopia', 'Kenya', 'Italy', 'Portugal', 'Peru', 'Japan', 'Fiji', 'Norway', 'Morocco', 'India', 'Ghana') AS country,
            -60 + pg_temp.dice(number, 7, 1200) / 10.0 AS latitude, -179 + pg_temp.dice(number, 8, 3580) / 10.0 AS longitude,
            30 + pg_temp.dice(number, 9, 170) AS dollars
        FROM generate_series(1, {Places}) number
        """);

    /// <summary>A few places have thousands of listings, most have some dozens.</summary>
    private static string ListingRows(int listings) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        INSERT INTO listings (id, host_id, slug, title, description, type, status, city, region, country, latitude, longitude, time_zone, check_in_time, check_out_time,
            max_guests, bedrooms, min_nights, max_nights, price_per_night_minor_units, currency, weekend_price_minor_units, cleaning_fee_minor_units,
            extra_guest_fee_minor_units, included_guests, cancellation_policy, payment_mode, booking_mode, amenities, rating, review_count, created_at, version)
        SELECT pg_temp.id_of(3, n), pg_temp.id_of(2, 1 + n % {{Hosts}}), 'stay-' || n,
            pg_temp.pick(n, 11, 'Quiet', 'Sunny', 'Old', 'Bright', 'Whitewashed', 'Wooden', 'Stone', 'Leafy', 'Airy', 'Tiny', 'Grand', 'Blue') || ' '
                || pg_temp.pick(n, 12, 'house', 'flat', 'lodge', 'cottage', 'villa', 'loft', 'cabin', 'guesthouse', 'bungalow', 'studio') || ' '
                || pg_temp.pick(n, 13, 'by the lake', 'near the market', 'above the valley', 'at the harbour', 'in the old town', 'under the fig trees', 'on the hill', 'by the river'),
            (SELECT string_agg(pg_temp.pick(n, 20 + k, 'A quiet place with a view over the roofs.', 'Breakfast is served in the garden.', 'The market is five minutes on foot.',
                'Coffee is roasted every afternoon.', 'The host speaks Amharic, English and French.', 'In the evening the courtyard smells of jasmine.',
                'Ask for the boat to the monasteries.', 'There is a fireplace for cold nights.', 'Fast internet and a desk to work at.',
                'Children are welcome and so are dogs.', 'The pool is heated in winter.', 'A path leads down to the beach.'), ' ') FROM generate_series(1, 8) k),
            pg_temp.pick(n, 31, 'Apartment', 'House', 'Villa', 'Hotel', 'Hostel', 'Lodge', 'Resort', 'Guesthouse'), 'Published', city, region, country,
            latitude + (pg_temp.dice(n, 32, 400) - 200) / 10000.0, longitude + (pg_temp.dice(n, 33, 400) - 200) / 10000.0, 'Africa/Addis_Ababa', '14:00', '11:00',
            1 + pg_temp.dice(n, 34, 10), pg_temp.dice(n, 35, 6), 1 + pg_temp.dice(n, 36, 3), 30, unit * price, currency,
            CASE WHEN pg_temp.dice(n, 38, 10) < 4 THEN unit * price * 12 / 10 END, pg_temp.dice(n, 39, 2) * unit * 30,
            CASE WHEN pg_temp.dice(n, 40, 10) < 3 THEN unit * 5 ELSE 0 END, CASE WHEN pg_temp.dice(n, 40, 10) < 3 THEN 1 END,
            'Flexible', 'OnArrival', 'Instant',
            ARRAY(SELECT DISTINCT pg_temp.pick(least(pg_temp.dice(n, 50 + k, 24), pg_temp.dice(n, 70 + k, 24)), 99, 'wifi', 'kitchen', 'parking', 'pool', 'airConditioning', 'heating',
                'washer', 'breakfast', 'workspace', 'gym', 'hotTub', 'fireplace', 'garden', 'balcony', 'beachfront', 'lakeView', 'mountainView', 'petsAllowed', 'familyFriendly',
                'airportShuttle', 'restaurant', 'bar', 'evCharger', 'wheelchairAccess') FROM generate_series(1, 8) k),
            CASE WHEN pg_temp.dice(n, 41, 10) < 7 THEN (300 + pg_temp.dice(n, 42, 200)) / 100.0 END,
            CASE WHEN pg_temp.dice(n, 41, 10) < 7 THEN 1 + pg_temp.dice(n, 43, 80) ELSE 0 END, now(), 1
        FROM (
            SELECT n, place.*, place.dollars + pg_temp.dice(n, 37, 60) AS price, CASE country WHEN 'Ethiopia' THEN 150 ELSE 1 END * 100::bigint AS unit,
                CASE country WHEN 'Ethiopia' THEN 'ETB' ELSE 'USD' END AS currency
            FROM generate_series(1, {{listings}}) n
            JOIN reference_places place ON place.number = 1 + (power(pg_temp.dice(n, 30, 1000000) / 1000000.0, 2.5) * {{Places - 1}})::integer
        ) row
        """);

    /// <summary>Every other listing has four, of a month each.</summary>
    private static string SeasonRows(int listings) => string.Create(CultureInfo.InvariantCulture,
        $"""
        INSERT INTO listing_seasons (id, listing_id, name, from_on, to_on, price_per_night_minor_units, min_nights)
        SELECT pg_temp.id_of(4, n * 4 + season), id, 'Season ' || season, current_date + season * 90, current_date + season * 90 + 30,
            CASE season % 2 WHEN 0 THEN 13 ELSE 8 END * price_per_night_minor_units / 10, CASE WHEN pg_temp.dice(n, 45, 10) = 0 THEN 3 END
        FROM generate_series(1, {listings}) n
        JOIN listings ON id = pg_temp.id_of(3, n)
        CROSS JOIN generate_series(0, 3) season
        WHERE pg_temp.dice(n, 44, 2) = 0
        """);

    /// <summary>Taken nights of two to nine at a time, half of them past.</summary>
    private static string StayRows(int listings, int stays) => string.Create(CultureInfo.InvariantCulture,
        $"""
        INSERT INTO occupancies (id, listing_id, owner_id, stay, active)
        SELECT pg_temp.id_of(5, n), pg_temp.id_of(3, 1 + n % {listings}), pg_temp.id_of(6, n), daterange(check_in, check_in + 2 + pg_temp.dice(n, 60, 8)::integer), true
        FROM (
            SELECT n, current_date + {DaysOfAStay} * (n / {listings} - {stays / listings / 2})::integer + pg_temp.dice(n % {listings}, 62, {DaysOfAStay})::integer
                + pg_temp.dice(n, 61, 26)::integer AS check_in
            FROM generate_series(0::bigint, {stays} - 1) n
        ) stays
        """);
}
