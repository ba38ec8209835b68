namespace Travel.Domain.Operations;

/// <summary>Something that is true of the data at any moment, whatever is going on: a query that finds nothing.</summary>
/// <param name="Number">Of the invariant in the design that it belongs to.</param>
/// <param name="Sql">Each row it finds is a breach, told in one text column <c>breach</c>.</param>
public sealed record Invariant(int Number, string Rule, string Sql);

/// <summary>What of the design's invariants can be read off live data.</summary>
public static class Invariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new(1, "No two owners have one night of one listing.",
            """
            SELECT a.listing_id || ': ' || a.owner_id || ' and ' || b.owner_id || ', ' || (a.stay * b.stay) AS breach
            FROM occupancies a JOIN occupancies b
            ON a.listing_id = b.listing_id AND a.owner_id < b.owner_id AND a.active AND b.active AND a.stay && b.stay
            """),
        new(1, "A booking has exactly the nights of its stay, and those of a change that waits.",
            """
            SELECT b.id || ' ' || b.status AS breach FROM bookings b
            LEFT JOIN (SELECT owner_id, array_agg(stay ORDER BY stay) AS nights FROM occupancies WHERE active GROUP BY owner_id) o ON o.owner_id = b.id
            WHERE coalesce(o.nights, '{}') IS DISTINCT FROM (
                    SELECT coalesce(array_agg(stay ORDER BY stay), '{}') FROM (
                        SELECT daterange(b.check_in_on, b.check_out_on) AS stay WHERE b.status IN ('Held', 'Confirmed', 'Completed')
                        UNION ALL
                        SELECT daterange(c.check_in_on, c.check_out_on) FROM booking_changes c WHERE c.booking_id = b.id AND c.status = 'Pending') AS due)
            """),
        new(2, "What a stay costs is what its frozen quote says.",
            """
            SELECT id || ': ' || total_minor_units || ', quoted ' || (quote -> 'total' ->> 'amount') AS breach FROM bookings
            WHERE (quote -> 'total' ->> 'amount')::numeric * 100 <> total_minor_units OR quote -> 'total' ->> 'currency' <> currency
            """),
        new(2, "What is part of a stay that is paid online is its price, and of one that is over without being a stay nothing.",
            """
            SELECT b.id || ' ' || b.status || ': ' || coalesce(s.held, 0) || ' of ' || b.total_minor_units AS breach
            FROM bookings b
            LEFT JOIN (SELECT booking_id, -sum(minor_units) FILTER (WHERE account = 'Stay') AS held FROM ledger_entries GROUP BY booking_id) s ON s.booking_id = b.id
            WHERE coalesce(s.held, 0) <> CASE WHEN b.payment_mode = 'Online' AND b.status IN ('Confirmed', 'Completed') THEN b.total_minor_units ELSE 0 END
            """),
        new(3, "Every movement of money adds up to zero.",
            """
            SELECT transaction_id || ' ' || currency || ' ' || sum(minor_units) AS breach FROM ledger_entries
            GROUP BY transaction_id, currency HAVING sum(minor_units) <> 0
            """),
        new(3, "Every cent received of a payment is part of a stay, kept, on its way back, gone back, or open.",
            """
            SELECT p.id || ' ' || p.state || ': received ' || coalesce(l.received, 0) AS breach
            FROM payments p
            LEFT JOIN (
                SELECT payment_id, sum(minor_units) FILTER (WHERE account = 'Gateway' AND minor_units > 0) AS received FROM ledger_entries GROUP BY payment_id) l
            ON l.payment_id = p.id
            WHERE coalesce(l.received, 0) <> CASE p.state WHEN 'Paid' THEN p.amount_minor_units WHEN 'Mismatched' THEN coalesce(p.received_minor_units, 0) ELSE 0 END
            """),
        new(3, "No account owes: stays, what is kept, refunds and open items hold nothing or more.",
            """
            SELECT payment_id || ' ' || account || ' ' || -sum(minor_units) AS breach FROM ledger_entries
            GROUP BY payment_id, account, currency HAVING CASE account WHEN 'Gateway' THEN sum(minor_units) ELSE -sum(minor_units) END < 0
            """),
        new(3, "What is on its way back is what refunds under way amount to.",
            """
            SELECT r.id || ' ' || r.state || ': ' || coalesce(l.held, 0) AS breach
            FROM refunds r
            LEFT JOIN (SELECT refund_id, -sum(minor_units) FILTER (WHERE account = 'Refund') AS held FROM ledger_entries GROUP BY refund_id) l ON l.refund_id = r.id
            WHERE coalesce(l.held, 0) <> CASE WHEN r.state IN ('Due', 'Processing') THEN r.amount_minor_units ELSE 0 END
            """),
        new(4, "Every change of a booking has its line in the history.",
            """
            SELECT b.id || ': version ' || b.version || ', lines ' || l.lines AS breach
            FROM bookings b CROSS JOIN LATERAL (
                SELECT count(*) AS lines FROM booking_timeline t WHERE t.booking_id = b.id AND t.event NOT IN ('mail-sent', 'payment-noticed')) l
            WHERE b.version <> l.lines
            """),
        new(7, "Guests find every published stay, and no other, by what it is now.",
            """
            SELECT coalesce(l.id, p.id)::text AS breach
            FROM (
                SELECT id, ROW(id, price_per_night_minor_units, weekend_price_minor_units, lowest_season_minor_units, highest_season_minor_units,
                    cleaning_fee_minor_units, extra_guest_fee_minor_units, latitude, longitude, max_guests, included_guests, bedrooms, min_nights, max_nights,
                    review_count, rating, currency, type, time_zone, place, weekend_nights, amenities)::published_listings AS due
                FROM listings WHERE status = 'Published') l
            FULL JOIN published_listings p ON p.id = l.id
            WHERE l.due IS DISTINCT FROM p
            """),
        new(8, "A session whose token was used twice has ended.",
            """
            SELECT s.id::text AS breach FROM sessions s
            WHERE s.ended_at IS NULL AND (SELECT count(*) FROM refresh_tokens t WHERE t.family_id = s.id AND t.used_at IS NULL) > 1
            """),
    ];
}
