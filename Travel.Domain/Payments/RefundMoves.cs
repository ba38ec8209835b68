using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Payments;
using Travel.Domain.Outbox;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>What the gateway says of a refund, in the listing's turn: state, ledger, history and message together.</summary>
internal static class RefundMoves
{
    /// <param name="refund">Due or processing, with its payment.</param>
    /// <param name="gatewayId">Null when only its webhook says so.</param>
    public static async Task ProceedAsync(
        this TravelDbContext db, Refund refund, GatewayRefundStatus status, string? gatewayId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var payment = refund.Payment!;
        switch (status)
        {
            case GatewayRefundStatus.Refunded:
                refund.Finish(gatewayId, now);
                db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Gateway, "refunded", now);
                var booking = await db.Bookings.SingleAsync(found => found.Id == refund.BookingId, cancellationToken);
                booking.Refunded(refund.Amount.ToString(), now);
                db.Outbox.Add(OutboxMessage.Of(new PaymentRefunded(refund.Id, refund.BookingId, booking.Version, refund.Amount, now), now));
                break;
            case GatewayRefundStatus.Reversed:
                refund.Reverse(gatewayId, now);
                db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Refund, LedgerAccount.Open, "reversed", now);
                break;
            default:
                refund.Proceed(gatewayId!, now);
                break;
        }
    }
}
