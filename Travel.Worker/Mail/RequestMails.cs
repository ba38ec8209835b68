using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;

namespace Travel.Worker.Mail;

/// <summary>Asks the host for an answer, while there is time for one.</summary>
internal sealed class RequestReceived(BookingLetters letters, TimeProvider clock) : IMail<BookingRequested>
{
    public static string Kind => "booking-requested";

    public Task<MailDraft?> DraftAsync(BookingRequested message, CancellationToken cancellationToken) => letters.ToHostAsync(
        message.BookingId,
        (booking, stay) => booking.RequestExpiresAt is { } until && until > clock.GetUtcNow()
            ? new Saying("BookingRequested", stay.Moment(until)) { Closing = [booking.Note] }
            : null,
        cancellationToken,
        BookingStatus.Requested);
}

/// <summary>Tells the guest that the host has accepted, and until when the nights are held; unless that is over.</summary>
internal sealed class RequestAccepted(BookingLetters letters, TimeProvider clock) : IMail<BookingAccepted>
{
    public static string Kind => "booking-accepted";

    public Task<MailDraft?> DraftAsync(BookingAccepted message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (_, stay) => message.HoldExpiresAt > clock.GetUtcNow() ? Says(stay, message.HoldExpiresAt) : null,
        cancellationToken,
        BookingStatus.Held);

    internal static Saying Says(BookedStay stay, DateTimeOffset until) => new("BookingAccepted", stay.Moment(until)) { ToDo = ("Pay", "/payment") };
}

/// <summary>Tells the guest that nothing comes of the request, and why.</summary>
internal sealed class RequestDeclined(BookingLetters letters) : IMail<BookingDeclined>
{
    public static string Kind => "booking-declined";

    public Task<MailDraft?> DraftAsync(BookingDeclined message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId,
        (booking, _) => message.NightsGone ? new Saying("NightsGone") : new Saying("BookingDeclined") { Closing = [letters.Reason(booking)] },
        cancellationToken);
}

/// <summary>Tells the guest that a request was not answered, or a hold not paid, in time.</summary>
internal sealed class TimeIsOver(BookingLetters letters) : IMail<BookingExpired>
{
    public static string Kind => "booking-expired";

    public Task<MailDraft?> DraftAsync(BookingExpired message, CancellationToken cancellationToken) => letters.ToGuestAsync(
        message.BookingId, (_, _) => new Saying(message.WasRequest ? "RequestExpired" : "HoldExpired"), cancellationToken);
}
