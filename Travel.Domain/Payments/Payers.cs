using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Payments;

/// <summary>Who paid, as far as Travel has it: payments, refunds and the ledger have ids alone, the gateway's notices have a name and where to reach it.</summary>
public static class Payers
{
    /// <summary>What of a notice's body is about the person.</summary>
    private static readonly string[] PersonalFields = ["first_name", "last_name", "email", "mobile", "phone_number"];

    /// <summary>Whether it is still open which way money of this guest goes: paid or not, back or not, or to nobody yet.</summary>
    internal static async Task<bool> HasMoneyUnderWayAsync(this TravelDbContext db, Guid guestId, CancellationToken cancellationToken)
    {
        var payments = db.Payments.Where(payment => payment.GuestId == guestId);
        return await payments.AnyAsync(
                payment => payment.State == PaymentState.Started || payment.State == PaymentState.Pending || payment.State == PaymentState.Unknown
                    || db.Refunds.Any(refund => refund.PaymentId == payment.Id && (refund.State == RefundState.Due || refund.State == RefundState.Processing)),
                cancellationToken)
            || await db.LedgerEntries
                .Where(entry => entry.Account == LedgerAccount.Open && payments.Any(payment => payment.Id == entry.PaymentId))
                .GroupBy(entry => new { entry.PaymentId, entry.Currency })
                .AnyAsync(entries => entries.Sum(entry => entry.MinorUnits) != 0, cancellationToken);
    }

    /// <summary>The gateway may speak of a payment when the account that made it is erased; locked, so that one or the other sees the notice.</summary>
    internal static async Task ForgetErasedPayerAsync(this TravelDbContext db, string txRef, CancellationToken cancellationToken)
    {
        var payers = await db.Users
            .FromSql($"SELECT u.* FROM users u JOIN payments p ON p.guest_id = u.id WHERE p.tx_ref = {txRef} FOR KEY SHARE OF u")
            .AsNoTracking().ToListAsync(cancellationToken);
        foreach (var payer in payers.Where(payer => payer.ErasedAt is not null))
        {
            await db.ForgetPayerAsync(payer.Id, cancellationToken);
        }
    }

    /// <summary>Takes out of the gateway's notices who it was; that it told us, of which payment and how much, stays.</summary>
    internal static Task<int> ForgetPayerAsync(this TravelDbContext db, Guid guestId, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"UPDATE gateway_notices SET body = body - {PersonalFields} WHERE tx_ref IN (SELECT tx_ref FROM payments WHERE guest_id = {guestId}) AND body ?| {PersonalFields}",
        cancellationToken);
}
