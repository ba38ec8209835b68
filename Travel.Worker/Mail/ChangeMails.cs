using Travel.Contracts.Bookings;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest the stay as it is now.</summary>
internal sealed class ChangeToGuest(BookingLetters letters) : IMail<BookingChanged>
{
    public static string Kind => "booking-changed";

    public Task<MailDraft?> DraftAsync(BookingChanged message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (_, _) => new Saying(message.LeftEarly ? "LeftEarly" : "StayChanged") { WithCalendar = true },
        cancellationToken,
        BookingStatus.Confirmed, BookingStatus.Completed);
}

/// <summary>Tells the host the stay as it is now.</summary>
internal sealed class ChangeToHost(BookingLetters letters) : IMail<BookingChanged>
{
    public static string Kind => "booking-changed-host";

    public Task<MailDraft?> DraftAsync(BookingChanged message, CancellationToken cancellationToken) => letters.ToHostAsync(
        message.BookingId,
        (_, _) => new Saying(message.LeftEarly ? "LeftEarlyHost" : "StayChangedHost"),
        cancellationToken,
        BookingStatus.Confirmed, BookingStatus.Completed);
}

/// <summary>Tells the guest that a change was not paid in time and the stay is as it was.</summary>
internal sealed class ChangeIsOver(BookingLetters letters) : IMail<BookingChangeExpired>
{
    public static string Kind => "booking-change-expired";

    public Task<MailDraft?> DraftAsync(BookingChangeExpired message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId, (_, _) => new Saying("ChangeExpired"), cancellationToken, BookingStatus.Confirmed, BookingStatus.Completed);
}
