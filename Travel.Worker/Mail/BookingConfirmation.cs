using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>Tells the guest that the stay is certain.</summary>
internal sealed class BookingConfirmation(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options) : IMail<BookingConfirmed>
{
    public static string Kind => "booking-confirmed";

    public async Task<MailDraft?> DraftAsync(BookingConfirmed message, CancellationToken cancellationToken)
    {
        var booking = await db.Bookings.AsNoTracking()
            .Include(found => found.Listing)
            .Include(found => found.Guest)
            .SingleAsync(found => found.Id == message.BookingId, cancellationToken);
        var guest = booking.Guest!;
        return new MailDraft(guest.Id, guest.Email, guest.DisplayName, booking.Id, _ =>
        {
            var stay = BookedStay.Of(booking, options.Value.WebAddress!);
            return Task.FromResult(LetterOf(stay, texts) with { Calendar = StayCalendar.Of(stay, message.Version, options.Value.From) });
        });
    }

    internal static Letter LetterOf(BookedStay stay, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts["BookingConfirmed.Subject", stay.Title, stay.Reference],
        Greeting = texts["Greeting", stay.GuestName],
        Lead = [texts["BookingConfirmed.Lead"]],
        Heading = stay.Title,
        Subheading = $"{stay.City}, {stay.Country}",
        Facts = FactsOf(stay, texts),
        FactsNote = texts["TimeZone", stay.TimeZone],
        Closing = [texts["BookingConfirmed.PayOnArrival", stay.Total]],
        Link = new LetterLink(texts["SeeTrip"], stay.TripAddress),
        Footer = texts["Footer.Booked"],
    };

    private static IReadOnlyList<LetterFact> FactsOf(BookedStay stay, IStringLocalizer<MailTexts> texts) =>
    [
        new(texts["Reference"], stay.Reference),
        new(texts["CheckIn"], texts["From", BookedStay.Day(stay.CheckIn), BookedStay.Time(stay.CheckIn)]),
        new(texts["CheckOut"], texts["Until", BookedStay.Day(stay.CheckOut), BookedStay.Time(stay.CheckOut)]),
        new(texts["Nights"], stay.Nights.ToString(CultureInfo.CurrentCulture)),
        new(texts["Guests"], stay.Guests.ToString(CultureInfo.CurrentCulture)),
        new(texts["Total"], stay.Total),
    ];
}
