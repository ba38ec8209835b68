using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest that paying has failed, while there is time to try again.</summary>
internal sealed class PaymentHasFailed(BookingLetters letters) : IMail<PaymentFailed>
{
    public static string Kind => "payment-failed";

    public Task<MailDraft?> DraftAsync(PaymentFailed message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId, (_, _) => new Saying("PaymentFailed"), cancellationToken, BookingStatus.Held, BookingStatus.Confirmed);
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
