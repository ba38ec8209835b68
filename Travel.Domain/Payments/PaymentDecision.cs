using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>What is to be done about a payment once the gateway has said what it has to say.</summary>
internal abstract record PaymentDecision
{
    private PaymentDecision()
    {
    }

    /// <summary>Nothing yet.</summary>
    public sealed record Wait : PaymentDecision;

    /// <summary>Nothing any more.</summary>
    public sealed record AlreadySettled : PaymentDecision;

    public sealed record Fail : PaymentDecision;

    /// <summary>Money came, and not what was asked for.</summary>
    public sealed record Mismatch : PaymentDecision;

    /// <param name="TakeNights">The hold is over, and its nights are free to be taken again.</param>
    public sealed record Confirm(bool TakeNights) : PaymentDecision;

    /// <param name="TakeNights">The change is over, and its nights are free to be taken again.</param>
    public sealed record ApplyChange(bool TakeNights) : PaymentDecision;

    public sealed record GiveBack(RefundCause Cause) : PaymentDecision;
}

/// <summary>The thing that a payment is for, as it is in the listing's turn.</summary>
/// <param name="AreNightsFree">For this booking, where it would have to take them again.</param>
/// <param name="IsLet">The listing is still published, and the guest still has an account.</param>
/// <param name="IsReplaced">A later change of the same booking waits for its own payment.</param>
internal sealed record ThingDue(Booking Booking, BookingChange? Change, bool AreNightsFree, bool IsLet, bool IsReplaced)
{
    /// <summary>It still waits to be paid.</summary>
    public bool IsStanding => Change is null ? Booking.Status == BookingStatus.Held : Change.Status == BookingChangeStatus.Pending;
}

/// <summary>The table of docs/payments.md. Pure: whoever came, in whatever order, decides the same.</summary>
internal static class PaymentDecisions
{
    public static PaymentDecision Of(Payment payment, GatewayPayment said, ThingDue due, DateTimeOffset now) => said.Status switch
    {
        _ when payment.IsFinal => new PaymentDecision.AlreadySettled(),
        GatewayPaymentStatus.Pending => new PaymentDecision.Wait(),
        GatewayPaymentStatus.Failed when payment.State is PaymentState.Failed or PaymentState.Abandoned => new PaymentDecision.Wait(),
        GatewayPaymentStatus.Failed => new PaymentDecision.Fail(),
        // How much, it does not say; whoever asks again may be told.
        _ when said.Amount is null => new PaymentDecision.Wait(),
        _ when !IsWhatWasAsked(payment, said) => new PaymentDecision.Mismatch(),
        _ => payment.ChangeId is null ? OfHold(due, now) : OfChange(payment, due, now),
    };

    private static bool IsWhatWasAsked(Payment payment, GatewayPayment said) =>
        said.Amount == payment.Amount && said.TxRef == payment.TxRef && string.Equals(said.Mode, payment.Mode, StringComparison.OrdinalIgnoreCase);

    private static PaymentDecision OfHold(ThingDue due, DateTimeOffset now) => due.Booking.Status switch
    {
        BookingStatus.Held => new PaymentDecision.Confirm(TakeNights: false),
        BookingStatus.Expired when now < due.Booking.CheckInAt && due is { AreNightsFree: true, IsLet: true } => new PaymentDecision.Confirm(TakeNights: true),
        BookingStatus.Expired => new PaymentDecision.GiveBack(RefundCause.Late),
        BookingStatus.Confirmed or BookingStatus.Completed => new PaymentDecision.GiveBack(RefundCause.PaidTwice),
        _ => new PaymentDecision.GiveBack(RefundCause.Cancelled),
    };

    private static PaymentDecision OfChange(Payment payment, ThingDue due, DateTimeOffset now) => (due.Booking.Status, due.Change!.Status) switch
    {
        (BookingStatus.Cancelled, _) => new PaymentDecision.GiveBack(RefundCause.Cancelled),
        (BookingStatus.Confirmed, BookingChangeStatus.Pending) => new PaymentDecision.ApplyChange(TakeNights: false),
        (_, BookingChangeStatus.Applied) => new PaymentDecision.GiveBack(RefundCause.PaidTwice),
        (BookingStatus.Confirmed, BookingChangeStatus.Expired)
            when now < due.Booking.CheckInAt && now < due.Change.CheckInAt(due.Booking) && due is { AreNightsFree: true, IsLet: true, IsReplaced: false }
                // What was paid is what it costs more than the stay as it is by now.
                && payment.AmountMinorUnits == due.Change.Quote.Total.MinorUnits - due.Booking.TotalMinorUnits =>
            new PaymentDecision.ApplyChange(TakeNights: true),
        _ => new PaymentDecision.GiveBack(RefundCause.Late),
    };
}
