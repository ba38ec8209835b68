using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest that paying has failed, while there is time to try again.</summary>
internal sealed class PaymentHasFailed(BookingLetters letters, TravelDbContext db) : IMail<PaymentFailed>
{
    public static string Kind => "payment-failed";

    public async Task<MailDraft?> DraftAsync(PaymentFailed message, CancellationToken cancellationToken) => await IsStillSoAsync(message.PaymentId, cancellationToken)
        ? await letters.ToGuestAsync(message.BookingId, (_, _) => new Saying("PaymentFailed"), cancellationToken, BookingStatus.Held, BookingStatus.Confirmed)
        : null;

    /// <summary>It has not been tried again since, and what was to be paid can still be.</summary>
    private Task<bool> IsStillSoAsync(Guid paymentId, CancellationToken cancellationToken) => db.Payments.AnyAsync(
        payment => payment.Id == paymentId && payment.State == PaymentState.Failed
            && !db.Payments.Any(later => later.BookingId == payment.BookingId && later.ChangeId == payment.ChangeId && later.CreatedAt > payment.CreatedAt)
            && (payment.ChangeId == null
                ? db.Bookings.Any(booking => booking.Id == payment.BookingId && booking.Status == BookingStatus.Held)
                : db.BookingChanges.Any(change => change.Id == payment.ChangeId && change.Status == BookingChangeStatus.Pending)),
        cancellationToken);
}

/// <summary>Tells the guest not to pay again while nobody knows what became of a payment; unless that is known by now.</summary>
internal sealed class PaymentInDoubt(BookingLetters letters, TravelDbContext db) : IMail<PaymentUnknown>
{
    public static string Kind => "payment-unknown";

    public async Task<MailDraft?> DraftAsync(PaymentUnknown message, CancellationToken cancellationToken) =>
        await db.Payments.AnyAsync(payment => payment.Id == message.PaymentId && payment.State == PaymentState.Unknown, cancellationToken)
            ? await letters.ToGuestAsync(message.BookingId, (_, _) => Says(), cancellationToken)
            : null;

    internal static Saying Says() => new("PaymentUnknown") { ToDo = ("SeePayment", "/payment") };
}

/// <summary>Tells the guest that what was paid comes back, and why.</summary>
internal sealed class PaymentComesBack(BookingLetters letters) : IMail<PaymentReturned>
{
    public static string Kind => "payment-returned";

    public Task<MailDraft?> DraftAsync(PaymentReturned message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (_, _) => new Saying(message.Cause switch
        {
            "late" => "PaidTooLate",
            "paid-twice" => "PaidTwice",
            "operator" => "PaidBackByTravel",
            _ => "PaidForNothing",
        }),
        cancellationToken);
}

/// <summary>Tells the guest that the money has gone back.</summary>
internal sealed class MoneyIsBack(BookingLetters letters) : IMail<PaymentRefunded>
{
    public static string Kind => "payment-refunded";

    public Task<MailDraft?> DraftAsync(PaymentRefunded message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId, (_, _) => new Saying("Refunded", message.Amount.ToString()), cancellationToken);
}
