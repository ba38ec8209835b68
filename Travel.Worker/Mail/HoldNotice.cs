using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest until when the nights are kept, and where to pay; unless they have paid by now, or it is too late.</summary>
internal sealed class HoldNotice(BookingLetters letters, TimeProvider clock) : IMail<BookingHeld>
{
    public static string Kind => "booking-held";

    public Task<MailDraft?> DraftAsync(BookingHeld message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (_, stay) => message.HoldExpiresAt > clock.GetUtcNow() ? Says(stay, message.HoldExpiresAt) : null,
        cancellationToken,
        BookingStatus.Held);

    internal static Saying Says(BookedStay stay, DateTimeOffset until) => new("BookingHeld", stay.Moment(until)) { ToDo = ("Pay", "/payment") };
}
