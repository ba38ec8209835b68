using Travel.Contracts.Bookings;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest that the booking is cancelled, and takes it out of their calendar if it was there.</summary>
internal sealed class CancellationToGuest(BookingLetters letters) : IMail<BookingCancelled>
{
    public static string Kind => "booking-cancelled";

    public Task<MailDraft?> DraftAsync(BookingCancelled message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (booking, _) => new Saying(message.By == BookingParty.Guest ? "CancelledByYou" : "CancelledForGuest")
        {
            Closing = [letters.Reason(booking)],
            WithCalendar = message.Was == BookingStatus.Confirmed,
        },
        cancellationToken);
}

/// <summary>Tells the host that nobody comes, and that the nights are free again.</summary>
internal sealed class CancellationToHost(BookingLetters letters) : IMail<BookingCancelled>
{
    public static string Kind => "booking-cancelled-host";

    public Task<MailDraft?> DraftAsync(BookingCancelled message, CancellationToken cancellationToken) => letters.ToHostAsync(
        message.BookingId,
        (booking, _) => new Saying(message.By == BookingParty.Host ? "CancelledByYou" : "CancelledForHost") { Closing = [letters.Reason(booking)] },
        cancellationToken);
}
