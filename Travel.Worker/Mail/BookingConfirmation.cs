using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest that the stay is certain.</summary>
internal sealed class BookingConfirmation(BookingLetters letters) : IMail<BookingConfirmed>
{
    public static string Kind => "booking-confirmed";

    public Task<MailDraft?> DraftAsync(BookingConfirmed message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (booking, stay) => new Saying("BookingConfirmed")
        {
            Closing = [booking.PaymentMode == PaymentMode.OnArrival ? letters.PayOnArrival(stay) : null],
            WithCalendar = true,
        },
        cancellationToken,
        BookingStatus.Confirmed, BookingStatus.Completed);
}

/// <summary>Tells the host who comes, and when; unless it is they who have just said so.</summary>
internal sealed class BookingForHost(BookingLetters letters) : IMail<BookingConfirmed>
{
    public static string Kind => "booking-confirmed-host";

    public Task<MailDraft?> DraftAsync(BookingConfirmed message, CancellationToken cancellationToken) => letters.ToHostAsync(
        message.BookingId,
        (booking, _) => booking.Timeline.Any(entry => entry.Event == "confirmed" && entry.ActorId == booking.HostId)
            ? null
            : new Saying("BookedForHost") { Closing = [booking.Note] },
        cancellationToken,
        BookingStatus.Confirmed, BookingStatus.Completed);
}
