-- What POST /api/v1/bookings asks of PostgreSQL for an instant stay that is paid on arrival, in as many round trips: a pipeline is one.
-- Travel.Tests/Bench/BookingScriptTests.cs holds it against what the Api asks. Given with -D: run, counted from 1; places, of each client;
-- n = 0, which each client counts up. JSON has a space behind each colon, and times have none: pgbench takes :word for a variable of its own.
\set n :n + 1
\set place :client_id * :places + :n % :places
\set host :place / 10
\set night 10000 * :run + 2 * (:n / :places)
-- As the product's ids do, these rise; at the end of the index, behind those of the product.
\set row 1000000000000 * :run + 1000 * :n + :client_id
-- 32 bits, each once, with no order to be seen: the multiplier is odd.
\set reference ((:run * 268435456 + :client_id * 1048576 + :n) % 4294967296 * 1103515245) % 4294967296

-- Whether the guest's session still lives.
SELECT EXISTS (SELECT 1 FROM sessions AS s WHERE s.id = lpad(:place::text, 32, 'a')::uuid AND s.ended_at IS NULL);

-- The key with what is known of it; the turn, with what has lost its time; the guest; and the place with its rates and whether its nights are taken.
\startpipeline
BEGIN;
SELECT set_config('travel.has_key', pg_try_advisory_xact_lock(hashtextextended('idempotency:' || :row::text, 0))::text, true)::boolean;
SELECT created_at, request_hash, response FROM idempotency_keys WHERE caller_id = lpad(:place::text, 32, 'a')::uuid AND key = lpad(:row::text, 36, '0');
SELECT set_config('lock_timeout', '2s', true), set_config('idle_in_transaction_session_timeout', '10s', true);
SELECT pg_advisory_xact_lock(hashtextextended('listing:' || lpad(:place::text, 32, 'c'), 0))
WHERE current_setting('travel.has_key')::boolean AND NOT EXISTS (
    SELECT FROM idempotency_keys
    WHERE caller_id = lpad(:place::text, 32, 'a')::uuid AND key = lpad(:row::text, 36, '0') AND created_at > now() - interval '1 day');
SELECT least(
    (SELECT min(hold_expires_at) FROM bookings WHERE listing_id = lpad(:place::text, 32, 'c')::uuid AND status = 'Held'),
    (SELECT min(expires_at) FROM booking_changes WHERE listing_id = lpad(:place::text, 32, 'c')::uuid AND status = 'Pending'));
SELECT display_name FROM users
WHERE id = lpad(:place::text, 32, 'a')::uuid AND erased_at IS NULL
    AND current_setting('travel.has_key')::boolean AND NOT EXISTS (
        SELECT FROM idempotency_keys
        WHERE caller_id = lpad(:place::text, 32, 'a')::uuid AND key = lpad(:row::text, 36, '0') AND created_at > now() - interval '1 day')
FOR KEY SHARE;
SELECT l0.id, l0.amenities, l0.bedrooms, l0.booking_mode, l0.cancellation_policy, l0.check_in_time, l0.check_out_time, l0.city, l0.cleaning_fee_minor_units,
    l0.country, l0.created_at, l0.currency, l0.description, l0.extra_guest_fee_minor_units, l0.host_id, l0.included_guests, l0.latitude, l0.longitude,
    l0.max_guests, l0.max_nights, l0.min_nights, l0.payment_mode, l0.price_per_night_minor_units, l0.published_at, l0.rating, l0.region, l0.review_count,
    l0.slug, l0.status, l0.suspended_at, l0.suspended_by, l0.suspension_reason, l0.time_zone, l0.title, l0.type, l0.version, l0.weekend_nights,
    l0.weekend_price_minor_units, l0.c, s.id, s.from_on, s.listing_id, s.min_nights, s.name, s.price_per_night_minor_units, s.to_on
FROM (
    SELECT l.*, NOT EXISTS (
        SELECT 1 FROM occupancies AS o
        WHERE o.listing_id = lpad(:place::text, 32, 'c')::uuid AND o.active
            AND o.stay && daterange(date '2100-01-01' + :night::int, date '2100-01-03' + :night::int)) AS c
    FROM listings AS l WHERE l.id = lpad(:place::text, 32, 'c')::uuid AND l.status = 'Published' LIMIT 2) AS l0
LEFT JOIN listing_seasons AS s ON l0.id = s.listing_id
ORDER BY l0.id;
\endpipeline

-- All that is written. The relay is to leave these messages alone, hence not_before.
\startpipeline
INSERT INTO bookings (id, check_in_on, check_in_time, check_out_on, check_out_time, created_at, currency, guest_id, guests, hold_expires_at, host_id, listing_id,
    note, payment_mode, quote, reference, request_expires_at, status, time_zone, total_minor_units, version)
VALUES (lpad(:row::text, 32, 'f')::uuid, date '2100-01-01' + :night::int, '140000', date '2100-01-03' + :night::int, '110000', now(), 'ETB',
    lpad(:place::text, 32, 'a')::uuid, 1, NULL, lpad(:host::text, 32, 'b')::uuid, lpad(:place::text, 32, 'c')::uuid, NULL, 'OnArrival',
    '{"nights": 2, "lines": [{"label": "Nights", "quantity": 2, "amount": {"amount": "2500.00", "currency": "ETB"}, "kind": "nights"}], "total": {"amount": "2500.00", "currency": "ETB"}, "currency": "ETB", "cancellationPolicy": "moderate", "validUntil": "2026-11-22T20h45m17.1234567+00h00", "firstNight": {"amount": "1250.00", "currency": "ETB"}, "cleaningFee": {"amount": "0.00", "currency": "ETB"}}',
    lpad(to_hex(:reference::bigint), 8, '0'), NULL, 'Confirmed', 'Africa/Addis_Ababa', 250000, 1);
INSERT INTO idempotency_keys (caller_id, key, created_at, request_hash, response)
VALUES (lpad(:place::text, 32, 'a')::uuid, lpad(:row::text, 36, '0'), now(), '\x000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f',
    '{"id": "01930000-0000-7000-8000-000000000000", "reference": "34679CDF", "status": "confirmed", "listing": {"id": "00000000-0000-7000-8000-000000000000", "slug": "bench-000000000000", "title": "Lake house 123", "city": "Bahir Dar", "country": "Ethiopia", "timeZone": "Africa/Addis_Ababa", "checkInTime": "14h00m00", "checkOutTime": "11h00m00"}, "checkIn": "2100-01-01", "checkOut": "2100-01-03", "guests": 1, "note": null, "quote": {"nights": 2, "lines": [{"label": "Nights", "quantity": 2, "amount": {"amount": "2500.00", "currency": "ETB"}, "kind": "nights"}], "total": {"amount": "2500.00", "currency": "ETB"}, "currency": "ETB", "cancellationPolicy": "moderate", "validUntil": "2026-11-22T20h45m17.1234567+00h00", "firstNight": {"amount": "1250.00", "currency": "ETB"}, "cleaningFee": {"amount": "0.00", "currency": "ETB"}}, "paymentMode": "onArrival", "holdExpiresAt": null, "createdAt": "2026-11-22T20h30m17.1234567+00h00", "requestExpiresAt": null, "guestName": "Somebody", "seenAs": "guest", "change": null}');
INSERT INTO occupancies (id, active, listing_id, owner_id, stay)
VALUES (lpad(:row::text, 32, 'f')::uuid, true, lpad(:place::text, 32, 'c')::uuid, lpad(:row::text, 32, 'f')::uuid,
    daterange(date '2100-01-01' + :night::int, date '2100-01-03' + :night::int));
INSERT INTO outbox_messages (id, attempts, body, created_at, drop_reason, dropped_at, dropped_by, last_error, not_before, published_at, routing_key, trace_parent, trace_state)
VALUES (lpad(:row::text, 32, 'e')::uuid, 0, '{"tags": ["nights-00000000000070008000000000000000", "nights"]}', now(), NULL, NULL, NULL, NULL, 'infinity', NULL,
    'cache.tags-touched', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00', NULL);
INSERT INTO outbox_messages (id, attempts, body, created_at, drop_reason, dropped_at, dropped_by, last_error, not_before, published_at, routing_key, trace_parent, trace_state)
VALUES (lpad(:row::text, 32, 'f')::uuid, 0, '{"bookingId": "01930000-0000-7000-8000-000000000000", "version": 1, "confirmedAt": "2026-11-22T20h30m17.1234567+00h00"}', now(),
    NULL, NULL, NULL, NULL, 'infinity', NULL, 'booking.confirmed', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00', NULL);
INSERT INTO booking_timeline (id, actor_id, at, booking_id, event, reason)
VALUES (lpad(:row::text, 32, 'f')::uuid, lpad(:place::text, 32, 'a')::uuid, now(), lpad(:row::text, 32, 'f')::uuid, 'confirmed', NULL);
\endpipeline

COMMIT;
