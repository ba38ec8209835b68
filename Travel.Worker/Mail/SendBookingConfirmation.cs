using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest that the stay is certain.</summary>
internal sealed class SendBookingConfirmation(
    TravelDbContext db,
    MailClaims claims,
    MailRenderer renderer,
    SmtpSender smtp,
    IStringLocalizer<MailTexts> texts,
    IOptions<MailOptions> options)
{
    private const string Kind = "booking-confirmed";

    public async Task ExecuteAsync(Guid eventId, BookingConfirmed message, CancellationToken cancellationToken)
    {
        var booking = await db.Bookings.AsNoTracking()
            .Include(found => found.Listing)
            .Include(found => found.Guest)
            .SingleAsync(found => found.Id == message.BookingId, cancellationToken);
        if (await claims.ClaimAsync(eventId, Kind, booking.GuestId, booking.Id, cancellationToken) is not { } mailId)
        {
            return;
        }

        try
        {
            var stay = BookedStay.Of(booking, options.Value.WebAddress!);
            await smtp.SendAsync(
                new OutgoingMail(
                    MessageId: $"{eventId:N}.{Kind}",
                    booking.Guest!.Email!,
                    booking.Guest.DisplayName,
                    texts["BookingConfirmed.Subject", booking.Listing!.Title, booking.Reference],
                    Html: await renderer.RenderAsync<BookingConfirmedMail>(stay),
                    Text: BookingConfirmedText.Of(stay, texts),
                    Calendar: StayCalendar.Of(stay, message.Version, options.Value.From)),
                cancellationToken);
        }
        catch (Exception exception)
        {
            await claims.DeferAsync(mailId, exception, CancellationToken.None);
            throw;
        }

        // The server has taken it: a stop must not come between that and our note of it.
        await claims.SentAsync(mailId, Kind, booking.Id, CancellationToken.None);
    }
}
