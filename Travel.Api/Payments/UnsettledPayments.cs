using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.Domain;

namespace Travel.Api.Payments;

/// <summary>
/// What waits for an operator, in one query. Open money of a payment is that of its last refunds that failed, as far as it goes; what they do
/// not account for of a mismatched payment is its own. So money that is open stands in the list until it has been sent back, and then no more.
/// </summary>
internal static class UnsettledPayments
{
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RefundedWithin = TimeSpan.FromDays(3);

    /// <summary>Ids are version 7 UUIDs: ascending, what has waited longest comes first. An item's is that of its refund, or else of its payment.</summary>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public static Task<List<Row>> FindAsync(TravelDbContext db, DateTimeOffset now, Guid after, int limit, CancellationToken cancellationToken)
    {
        var (unsettledSince, stuckSince) = (now - SettlesWithin, now - RefundedWithin);
        return db.Database.SqlQuery<Row>(
            $"""
            WITH open AS MATERIALIZED (
                SELECT payment_id, -sum(minor_units)::bigint AS held FROM ledger_entries WHERE account = 'Open' GROUP BY payment_id HAVING sum(minor_units) < 0),
            failed AS (
                SELECT r.*, sum(r.amount_minor_units) OVER (PARTITION BY r.payment_id ORDER BY r.settled_at DESC, r.id DESC) - r.amount_minor_units AS later, o.held
                FROM open o JOIN refunds r ON r.payment_id = o.payment_id WHERE r.state IN ('Reversed', 'Refused')),
            items AS (
                SELECT id, CASE state WHEN 'Unknown' THEN 'Unknown' ELSE 'Waiting' END AS kind, id AS payment_id, NULL::uuid AS refund_id, state,
                    amount_minor_units, currency, NULL AS last_error, coalesce(claimed_at, created_at) AS since, next_check_at
                FROM payments WHERE state IN ('Started', 'Pending', 'Unknown') AND created_at <= {unsettledSince}
                UNION ALL
                SELECT id, 'Unknown', id, NULL, state, amount_minor_units, currency, NULL, claimed_at, next_check_at
                FROM payments WHERE claimed_at IS NOT NULL AND state IN ('Failed', 'Abandoned')
                UNION ALL
                SELECT p.id, 'Mismatched', p.id, NULL, p.state, p.amount_minor_units, p.currency, NULL, p.settled_at, NULL
                FROM open o JOIN payments p ON p.id = o.payment_id
                WHERE p.state = 'Mismatched' AND o.held > coalesce((SELECT sum(f.amount_minor_units) FROM failed f WHERE f.payment_id = p.id), 0)
                UNION ALL
                SELECT id, 'RefundFailed', payment_id, id, state, amount_minor_units, currency, last_error, settled_at, NULL FROM failed WHERE later < held
                UNION ALL
                SELECT id, 'RefundStuck', payment_id, id, state, amount_minor_units, currency, last_error, created_at, due_at
                FROM refunds WHERE due_at IS NOT NULL AND state IN ('Due', 'Processing') AND (created_at <= {stuckSince} OR (state = 'Processing' AND gateway_id IS NULL)))
            SELECT i.id AS "Id", i.kind AS "Kind", i.payment_id AS "PaymentId", i.refund_id AS "RefundId", p.tx_ref AS "TxRef", p.booking_id AS "BookingId",
                b.reference AS "Reference", i.state AS "State", i.amount_minor_units AS "MinorUnits", i.currency AS "Currency",
                p.received_minor_units AS "ReceivedMinorUnits", p.received_currency AS "ReceivedCurrency", coalesce(o.held, 0) AS "Open",
                i.last_error AS "LastError", i.since AS "Since", i.next_check_at AS "NextCheckAt", p.currency AS "PaymentCurrency"
            FROM items i
            JOIN payments p ON p.id = i.payment_id
            JOIN bookings b ON b.id = p.booking_id
            LEFT JOIN open o ON o.payment_id = i.payment_id
            WHERE i.id > {after}
            ORDER BY i.id LIMIT {limit}
            """).ToListAsync(cancellationToken);
    }

    internal sealed record Row(
        Guid Id,
        string Kind,
        Guid PaymentId,
        Guid? RefundId,
        string TxRef,
        Guid BookingId,
        string Reference,
        string State,
        long MinorUnits,
        string Currency,
        long? ReceivedMinorUnits,
        string? ReceivedCurrency,
        long Open,
        string? LastError,
        DateTimeOffset Since,
        DateTimeOffset? NextCheckAt,
        string PaymentCurrency)
    {
        public UnsettledPayment ToResponse() => new(
            Enum.Parse<UnsettledKind>(Kind), PaymentId, RefundId, TxRef, BookingId, Reference, State.ToLowerInvariant(), new Money(MinorUnits, Currency),
            ReceivedMinorUnits is { } received ? new Money(received, ReceivedCurrency!) : null, new Money(Open, ReceivedCurrency ?? PaymentCurrency),
            LastError, Since, NextCheckAt);
    }
}
