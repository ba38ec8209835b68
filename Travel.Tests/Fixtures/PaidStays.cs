using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;

namespace Travel.Tests.Fixtures;

/// <summary>Money of bookings straight in the database, with the rows that it leaves behind: what the gateway would have to be asked for.</summary>
internal static class PaidStays
{
    /// <summary>What somebody who was there before the test paid for this booking, all of it.</summary>
    public static async Task<Payment> PaidAsync(this TravelGraph graph, Booking booking, DateTimeOffset at)
    {
        var payment = Open(booking, at);
        payment.Receive(Success(payment), at);
        await using var db = await graph.DatabaseAsync();
        db.Payments.Add(payment);
        db.LedgerEntries.Move(payment, refund: null, payment.Amount, LedgerAccount.Gateway, LedgerAccount.Stay, "received", at);
        await db.SaveChangesAsync();
        return payment;
    }

    /// <summary>Some of it is the host's although there was no stay.</summary>
    public static async Task KeptAsync(this TravelGraph graph, Payment payment, long minorUnits, DateTimeOffset at)
    {
        await using var db = await graph.DatabaseAsync();
        db.LedgerEntries.Move(
            payment, refund: null, payment.Amount with { MinorUnits = minorUnits }, LedgerAccount.Stay, LedgerAccount.Retained, "cancelled", at);
        await db.SaveChangesAsync();
    }

    /// <summary>Some of it is to go back, and no job looks after it for a day.</summary>
    public static async Task<Refund> RefundDueAsync(this TravelGraph graph, Payment payment, long minorUnits, DateTimeOffset at)
    {
        var refund = Refund.Of(payment, payment.Amount with { MinorUnits = minorUnits }, RefundCause.Cancelled, payment.GuestId, at);
        refund.Claim(TimeProvider.System.GetUtcNow().AddDays(1));
        await using var db = await graph.DatabaseAsync();
        db.Refunds.Add(refund);
        db.LedgerEntries.Move(payment, refund, refund.Amount, LedgerAccount.Stay, LedgerAccount.Refund, "cancelled", at);
        await db.SaveChangesAsync();
        return refund;
    }

    /// <summary>What the gateway told about it, with the payer in it.</summary>
    public static GatewayNotice NoticeOf(Payment payment, DateTimeOffset at, string @event = "charge.success") => new()
    {
        Id = Guid.CreateVersion7(at),
        TxRef = payment.TxRef,
        Reference = payment.GatewayReference ?? "",
        Event = @event,
        Status = "success",
        Body =
            $$"""
            {"event":"{{@event}}","first_name":"Sara","last_name":"Bekele","email":"sara@example.org","mobile":"0900123456","amount":"2500.00",
            "currency":"ETB","status":"success","tx_ref":"{{payment.TxRef}}"}
            """,
        ReceivedAt = at,
    };

    public static Payment Open(Booking booking, DateTimeOffset at) =>
        Payment.For(booking, change: null, new Money(booking.TotalMinorUnits, booking.Currency), "test", at);

    public static GatewayPayment Success(Payment payment) => new(
        GatewayPaymentStatus.Success, payment.TxRef, payment.Amount, "test", "AP" + payment.TxRef[^12..], "telebirr", payment.Amount with { MinorUnits = 100 });
}
