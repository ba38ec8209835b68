using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest that the booking is cancelled, and takes it out of their calendar if it was there.</summary>
internal sealed class CancellationToGuest(BookingLetters letters) : IMail<BookingCancelled>
{
    public static string Kind => "booking-cancelled";

    public Task<MailDraft?> DraftAsync(BookingCancelled message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (booking, _) => new Saying((message.By, message.Was) switch
        {
            (BookingParty.Guest, BookingStatus.Requested) => "WithdrawnByYou",
            (BookingParty.Guest, _) => "CancelledByYou",
            _ => "CancelledForGuest",
        })
        {
            Closing = [letters.Reason(booking)],
            WithCalendar = message.Was == BookingStatus.Confirmed,
        },
        cancellationToken);
}

/// <summary>Tells the host that nobody comes, and that the nights are free again; unless they were never told that somebody would.</summary>
internal sealed class CancellationToHost(BookingLetters letters) : IMail<BookingCancelled>
{
    public static string Kind => "booking-cancelled-host";

    public Task<MailDraft?> DraftAsync(BookingCancelled message, CancellationToken cancellationToken) => letters.ToHostAsync(
        message.BookingId,
        (booking, _) => IsKnownToHost(booking, message)
            ? new Saying((message.By, message.Was) switch
            {
                (BookingParty.Host, _) => "CancelledByYou",
                (_, BookingStatus.Requested) => "WithdrawnForHost",
                _ => "CancelledForHost",
            })
            {
                Closing = [letters.Reason(booking)],
            }
            : null,
        cancellationToken);

    /// <summary>Of a hold nobody tells the host, but they know of one that they have accepted, or cancelled.</summary>
    private static bool IsKnownToHost(Booking booking, BookingCancelled message) =>
        message.Was != BookingStatus.Held || message.By == BookingParty.Host || booking.Timeline.Any(entry => entry.Event == "requested");
}
