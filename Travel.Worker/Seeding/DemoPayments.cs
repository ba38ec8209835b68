using Travel.Contracts;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;

namespace Travel.Worker.Seeding;

internal sealed record DemoPayment(Payment Payment, IReadOnlyList<LedgerEntry> Ledger);

/// <summary>
/// How stays of the demo data were paid online: as the sandbox has people pay, and with the rows that such a payment leaves behind. The
/// gateway itself has never heard of them, so they are older than what is compared with it.
/// </summary>
internal static class DemoPayments
{
    /// <summary>So many days before the anchor at the latest a stay that was paid online was booked: a host answers within a day, a guest pays within another.</summary>
    public const int DaysOld = 8;

    private const string Mode = "test";
    private static readonly string[] Methods = ["telebirr", "cbebirr", "mpesa", "ebirr"];

    /// <summary>What Chapa keeps of a payment, in thousandths.</summary>
    private const int ChargePermille = 35;

    /// <param name="openedAt">When the nights were held.</param>
    /// <param name="paidAt">When the gateway said so.</param>
    public static DemoPayment Of(Booking booking, DateTimeOffset openedAt, DateTimeOffset paidAt)
    {
        var dice = new Dice("payment " + booking.Reference);
        var amount = new Money(booking.TotalMinorUnits, booking.Currency);
        var payment = Payment.For(booking, change: null, amount, Mode, dice.Id(openedAt), Letters(12), openedAt);
        payment.Open(new Uri($"https://checkout.chapa.co/checkout/payment/{Letters(24)}"));
        payment.Receive(
            new GatewayPayment(
                GatewayPaymentStatus.Success, payment.TxRef, amount, Mode, $"AP{Letters(8)}", dice.Pick(Methods), amount with { MinorUnits = amount.MinorUnits * ChargePermille / 1000 }),
            paidAt);
        var transaction = dice.Id(paidAt);
        return new DemoPayment(payment, [Side(LedgerAccount.Gateway, amount.MinorUnits), Side(LedgerAccount.Stay, -amount.MinorUnits)]);

        string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => dice.Pick(BookingReference.Alphabet.ToCharArray())));

        LedgerEntry Side(LedgerAccount account, long minorUnits) => new()
        {
            Id = dice.Id(paidAt),
            TransactionId = transaction,
            BookingId = booking.Id,
            HostId = booking.HostId,
            PaymentId = payment.Id,
            RefundId = null,
            Account = account,
            MinorUnits = minorUnits,
            Currency = booking.Currency,
            Event = "received",
            At = paidAt,
        };
    }
}
