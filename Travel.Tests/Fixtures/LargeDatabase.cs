using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Caching;
using Travel.Domain.Messaging;

namespace Travel.Tests.Fixtures;

/// <summary>
/// 100,000 listings with 200,000 stays to come, in a database of their own with an Api of its own: large enough that a query without its
/// index shows. Loaded once for a class of tests.
/// </summary>
public sealed class LargeDatabase(TravelGraph graph) : IAsyncLifetime
{
    internal const int Listings = 100_000;

    /// <summary>One that everybody has reviewed; it is the busy host's.</summary>
    internal const string ABusyListing = "0192f0c1-0001-7003-8000-0000000186a0";

    /// <summary>The guest with 400 bookings of 200 listings, whose host is one and the same.</summary>
    private static readonly Guid BusyGuest = Guid.Parse("00000000-0000-7000-8000-000000000001");

    private static readonly Guid BusyHost = Guid.Parse("00000000-0000-7000-8000-000000000002");
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromMinutes(3);

    private TravelDbContext? db;
    private ApiInProcess? api;

    internal QueryPlans Plans { get; } = new();

    internal TravelDbContext Db => db ?? throw new InvalidOperationException("The database is not there yet.");

    /// <summary>Of the busy guest, and one with a long history.</summary>
    internal Guid ABooking { get; private set; }

    internal HttpClient Guest() => api!.SignedIn(BusyGuest, Role.Guest);

    internal HttpClient Operator() => api!.SignedIn(BusyHost, Role.Operator);

    internal HttpClient Host() => api!.SignedIn(BusyHost, Role.Host);

    /// <summary>The next answer is computed, and from what the database has.</summary>
    internal Task ForgetAnswersAsync() => api!.Services.GetRequiredService<TagInvalidation>().TellAsync(Guid.NewGuid(), [CacheTags.Everything]);

    public async Task InitializeAsync()
    {
        db = await SeededDatabase.EmptyAsync(graph, "large");
        await using var connection = new NpgsqlConnection(db.Database.GetConnectionString());
        await connection.OpenAsync();
        foreach (var sql in new[] { Rows, "VACUUM ANALYZE" })
        {
            await using var load = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)LoadTimeout.TotalSeconds };
            await load.ExecuteNonQueryAsync();
        }

        ABooking = await db.Timeline.GroupBy(entry => entry.BookingId).Where(entries => entries.Count() > 1).Select(entries => entries.Key).SingleAsync();
        api = await ApiInProcess.OnAsync(graph, QueryPlans.Explaining(db.Database.GetConnectionString()!), Plans);
    }

    public async Task DisposeAsync()
    {
        await api!.DisposeAsync();
        await db!.Database.EnsureDeletedAsync();
        await db.DisposeAsync();
    }

    /// <summary>A refresh token of the busy guest's that nobody has used.</summary>
    internal async Task<string> RefreshTokenAsync()
    {
        var (row, token) = RefreshToken.Issue(BusyGuest, BusyGuest, TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow());
        Db.RefreshTokens.Add(row);
        await Db.SaveChangesAsync();
        return token;
    }

    /// <summary>Ids rise with their number, as those made by the clock do. Each listing has two stays; a hundredth of all rows is the busy two's.</summary>
    private static readonly string Rows =
        $$"""
        CREATE FUNCTION id_of(kind integer, number integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
            $$ SELECT ('0192f0c1-' || lpad(to_hex(number / 65536), 4, '0') || '-7' || lpad(to_hex(kind), 3, '0') || '-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$;

        INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number_confirmed, two_factor_enabled,
            lockout_enabled, access_failed_count, display_name, role, created_at)
        SELECT id, name, upper(name), name, upper(name), true, false, false, false, 0, 'Somebody', role, now()
        FROM (
            SELECT '{{BusyGuest}}'::uuid AS id, 'busy-guest@example.org' AS name, 'Guest' AS role
            UNION ALL SELECT '{{BusyHost}}', 'busy-host@example.org', 'Host'
            UNION ALL SELECT id_of(1, n), 'guest' || n || '@example.org', 'Guest' FROM generate_series(1, 10000) n
            UNION ALL SELECT id_of(2, n), 'host' || n || '@example.org', 'Host' FROM generate_series(1, 5000) n
        ) people;

        UPDATE users SET display_name = 'Sara Bekele' WHERE id IN (SELECT id_of(1, n) FROM generate_series(1, 10000, 400) n);

        -- They have not come back for a long time, and have never booked.
        INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number_confirmed, two_factor_enabled,
            lockout_enabled, access_failed_count, display_name, role, created_at)
        SELECT id_of(12, n), 'away' || n, 'AWAY' || n, 'away' || n || '@example.org', 'AWAY' || n || '@EXAMPLE.ORG', true, false, false, false, 0, 'Somebody', 'Guest',
            now() - interval '2 years'
        FROM generate_series(1, 100) n;

        INSERT INTO sessions (id, user_id, created_at, last_used_at) VALUES
            ('{{BusyGuest}}', '{{BusyGuest}}', now(), now()), ('{{BusyHost}}', '{{BusyHost}}', now(), now());
        INSERT INTO sessions (id, user_id, created_at, last_used_at) SELECT id_of(5, n), '{{BusyGuest}}', now(), now() FROM generate_series(1, 30) n;
        INSERT INTO sessions (id, user_id, created_at, last_used_at) SELECT id_of(1, n), id_of(1, n), now(), now() FROM generate_series(1, 10000) n;
        INSERT INTO refresh_tokens (id, family_id, user_id, token_hash, issued_at, expires_at)
        SELECT id_of(6, n), id_of(1, n), id_of(1, n), sha256(n::text::bytea), now(), now() + interval '14 days' FROM generate_series(1, 10000) n;

        INSERT INTO listings (id, host_id, slug, title, description, type, status, city, country, latitude, longitude, time_zone, check_in_time,
            check_out_time, max_guests, bedrooms, min_nights, max_nights, price_per_night_minor_units, currency, cancellation_policy, payment_mode,
            booking_mode, amenities, created_at, version)
        SELECT id_of(3, n), CASE WHEN n % 500 = 0 THEN '{{BusyHost}}' ELSE id_of(2, 1 + n % 5000) END, 'stay-' || n, 'Stay ' || n,
            repeat('A quiet place. ', 20), 'House', 'Published', 'City ' || n % 1000, 'Ethiopia', n % 90, n % 180, 'Africa/Addis_Ababa', '14:00',
            '11:00', 2 + n % 7, 1 + n % 4, 1, 30, 100000 + n, 'ETB', 'Flexible', 'OnArrival', 'Instant', '{wifi}', now(), 1
        FROM generate_series(1, {{Listings}}) n;

        -- None of the busy host's.
        UPDATE listings SET status = 'Archived', suspended_at = now(), suspended_by = '{{BusyHost}}', suspension_reason = 'A test.'
        WHERE id IN (SELECT id_of(3, n) FROM generate_series(1, {{Listings}}, 1000) n);

        INSERT INTO bookings (id, reference, listing_id, guest_id, check_in_on, check_out_on, guests, status, payment_mode, quote, total_minor_units,
            currency, created_at, version)
        SELECT id_of(4, n), lpad(n::text, 8, '0'), id_of(3, 1 + n % {{Listings}}), CASE WHEN n % 500 = 499 THEN '{{BusyGuest}}' ELSE id_of(1, 1 + n % 10000) END,
            check_in, check_in + 3, 1, 'Confirmed', 'OnArrival',
            '{"nights":3,"lines":[],"total":{"amount":"3000.00","currency":"ETB"},"currency":"ETB","cancellationPolicy":"flexible","validUntil":"2026-01-01T00:00:00Z"}',
            300000, 'ETB', now(), 1
        FROM (SELECT n, current_date + 10 + 30 * (n / {{Listings}}) + n % 20 AS check_in FROM generate_series(0, {{2 * Listings}} - 1) n) stays;

        INSERT INTO occupancies (id, listing_id, owner_id, stay, active)
        SELECT id, listing_id, id, daterange(check_in_on, check_out_on), true FROM bookings;

        INSERT INTO booking_timeline (id, booking_id, at, event) SELECT id, id, created_at, 'confirmed' FROM bookings;
        INSERT INTO booking_timeline (id, booking_id, at, event) SELECT id_of(7, n), id_of(4, 499), now(), 'changed' FROM generate_series(1, 30) n;

        INSERT INTO host_blocks (id, listing_id, from_on, to_on, created_at)
        SELECT id_of(8, n), id_of(3, {{Listings}}), current_date + 300 + 2 * n, current_date + 301 + 2 * n, now() FROM generate_series(1, 30) n;
        INSERT INTO occupancies (id, listing_id, owner_id, stay, active) SELECT id, listing_id, id, daterange(from_on, to_on), true FROM host_blocks;

        INSERT INTO job_runs (id, job, cause, worker, started_at, finished_at, outcome, items)
        SELECT id_of(9, n), 'heartbeat', 'Schedule', 'worker', now(), now(), 'Succeeded', 0 FROM generate_series(1, 20000) n;

        INSERT INTO gateway_reports (id, at, since, compared, differences) SELECT id_of(11, n), now(), now() - interval '4 days', 1, '{}' FROM generate_series(1, 100) n;
        INSERT INTO errands (id, kind, arguments, asked_by, state, steps_done, attempts, last_error, created_at, ended_at)
        SELECT id_of(12, n), 'PhotoCheck', '{}', '{{BusyHost}}', 'Failed', 0, 4, 'It would not.', now(), now() FROM generate_series(1, 1000) n;
        INSERT INTO dead_letters (id, queue, message_id, replays, headers, body, attempts, died_at, state, settled_at, settled_by, reason)
        SELECT id_of(12, n), '{{Topology.QueueNames[0]}}', 'm-' || n, 0, '{}', '{}'::bytea, 6, now(), 'Waiting', NULL::timestamptz, NULL::uuid, NULL FROM generate_series(1, 1000) n
        UNION ALL
        SELECT id_of(12, n), '{{Topology.QueueNames[0]}}', 'm-' || n, 0, '{}', '{}', 6, now(), 'Dropped', now(), '{{BusyHost}}'::uuid, 'A test.' FROM generate_series(1001, 20000) n;
        INSERT INTO outbox_messages (id, routing_key, body, created_at, published_at, attempts, not_before, last_error)
        SELECT id_of(12, n), 'test.unwanted', '{}', now(), CASE WHEN n % 20 = 0 THEN NULL ELSE now() END, 1, now() + interval '1 day', 'No queue wants it.'
        FROM generate_series(1, 20000) n;
        INSERT INTO audit (id, at, actor_id, action, subject) SELECT id_of(10, n), now(), '{{BusyHost}}', 'job-run', 'heartbeat' FROM generate_series(1, 1000) n;

        INSERT INTO mails (id, event_id, kind, recipient_id, booking_id, status, attempts, created_at, sent_at)
        SELECT id_of(12, n::integer), id_of(13, n::integer), 'booking-confirmed', guest_id, id, CASE WHEN n % 100 = 0 THEN 'Failed' ELSE 'Sent' END, 1, now(),
            CASE WHEN n % 100 = 0 THEN NULL ELSE now() END
        FROM (SELECT b.*, row_number() OVER (ORDER BY id) AS n FROM bookings b ORDER BY id LIMIT 20000) told;
        INSERT INTO suppressed_addresses (id, address, reason, since) SELECT id_of(14, n), 'GUEST' || n || '@EXAMPLE.ORG', 'Bounced', now() FROM generate_series(1, 1000) n;

        INSERT INTO payments (id, tx_ref, booking_id, listing_id, host_id, guest_id, amount_minor_units, currency, mode, state, settled_at, next_check_at, version, created_at)
        SELECT id, 'TRV-' || reference, id, listing_id, host_id, guest_id, 300000, 'ETB', 'test', CASE WHEN n % 100 = 0 THEN 'Unknown' ELSE 'Paid' END,
            CASE WHEN n % 100 = 0 THEN NULL ELSE now() END, NULL, 1, now() - interval '1 day'
        FROM (SELECT b.*, row_number() OVER (ORDER BY id) AS n FROM bookings b ORDER BY id LIMIT 20000) paid;

        INSERT INTO reviews (id, booking_id, listing_id, guest_id, rating, text, created_at)
        SELECT id, id, '{{ABusyListing}}', guest_id, 5, 'Fine.', now() FROM bookings WHERE listing_id < id_of(3, 2000);
        """;
}
