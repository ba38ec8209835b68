using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Payments;

namespace Travel.Api.Accounts;

/// <summary>What a guest has paid and got back, as part of what is held on them.</summary>
internal static class ExportedPayments
{
    /// <summary>Three queries.</summary>
    public static async Task<IReadOnlyList<ExportedPayment>> OfAsync(TravelDbContext db, Guid guestId, CancellationToken cancellationToken)
    {
        var payments = await db.Payments.AsNoTracking().Where(payment => payment.GuestId == guestId)
            .Join(db.Bookings, payment => payment.BookingId, booking => booking.Id, (payment, booking) => new { Payment = payment, booking.Reference })
            .OrderBy(row => row.Payment.Id)
            .ToListAsync(cancellationToken);
        var refunds = (await db.Refunds.AsNoTracking().Where(refund => refund.Payment!.GuestId == guestId).OrderBy(refund => refund.Id).ToListAsync(cancellationToken))
            .ToLookup(refund => refund.PaymentId);
        var notices = (await db.GatewayNotices.AsNoTracking()
            .Where(notice => db.Payments.Any(payment => payment.TxRef == notice.TxRef && payment.GuestId == guestId))
            .OrderBy(notice => notice.Id)
            .ToListAsync(cancellationToken)).ToLookup(notice => notice.TxRef, StringComparer.Ordinal);
        return payments.ConvertAll(row => new ExportedPayment(
            row.Payment.TxRef, row.Reference, row.Payment.Amount, row.Payment.Received, $"{row.Payment.State}", row.Payment.Method, row.Payment.GatewayReference, row.Payment.CreatedAt,
            row.Payment.SettledAt,
            [.. refunds[row.Payment.Id].Select(refund => new ExportedRefund(
                refund.Reference, refund.Amount, $"{refund.Cause}", $"{refund.State}", refund.CreatedAt, refund.SettledAt))],
            [.. notices[row.Payment.TxRef].Select(Of)]));
    }

    private static ExportedNotice Of(GatewayNotice notice)
    {
        using var body = JsonDocument.Parse(notice.Body);
        return new ExportedNotice(notice.ReceivedAt, notice.Event, notice.Status, Said("first_name"), Said("last_name"), Said("email"), Said("mobile") ?? Said("phone_number"));

        string? Said(string field) => body.RootElement.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
    }
}
