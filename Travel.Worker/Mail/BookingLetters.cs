using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>What one mail about a booking says.</summary>
/// <param name="Name">Of its texts: <c>{Name}.Subject</c> and <c>{Name}.Lead</c>, which get title and reference, title and guest first.</param>
/// <param name="More">Further arguments of the lead.</param>
internal sealed record Saying(string Name, params object[] More)
{
    /// <summary>Paragraphs below the facts; null ones are left out.</summary>
    public IReadOnlyList<string?> Closing { get; init; } = [];

    public bool WithCalendar { get; init; }

    /// <summary>What there is to do, by the name of its text, and where below the trip; null: to look at it.</summary>
    public (string Text, string Path)? ToDo { get; init; }
}

/// <summary>
/// What all mails about a booking have in common. They say the booking as it is when they are written, with the calendar file of that
/// version: news that comes late or twice never sends an old one.
/// </summary>
internal sealed class BookingLetters(
    TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options, IOptions<BookingOptions> bookings)
{
    internal static readonly Reader ToGuest = new("SeeTrip", "Footer.Booked");
    internal static readonly Reader ToHost = new("SeeBooking", "Footer.Host");

    /// <param name="says">Null when there is nothing to say.</param>
    /// <param name="while">The states in which there is still something to say; none: it always is.</param>
    public Task<MailDraft?> ToGuestAsync(
        Guid bookingId, Func<Booking, BookedStay, Saying?> says, CancellationToken cancellationToken, params BookingStatus[] @while) =>
        DraftAsync(bookingId, booking => booking.Guest!, ToGuest, says, @while, cancellationToken);

    /// <inheritdoc cref="ToGuestAsync"/>
    public Task<MailDraft?> ToHostAsync(
        Guid bookingId, Func<Booking, BookedStay, Saying?> says, CancellationToken cancellationToken, params BookingStatus[] @while) =>
        DraftAsync(bookingId, booking => booking.Listing!.Host!, ToHost, says, @while, cancellationToken);

    /// <summary>The reason somebody gave, in a sentence of its own; null when they gave none.</summary>
    public string? Reason(Booking booking) =>
        booking.Timeline.LastOrDefault(entry => entry.Event is "cancelled" or "declined")?.Reason is { Length: > 0 } reason ? texts["Reason", reason].Value : null;

    public string PayOnArrival(BookedStay stay) => texts["PayOnArrival", stay.Total];

    internal static Letter LetterOf(BookedStay stay, string recipient, Saying saying, Reader reader, IStringLocalizer<MailTexts> texts) => new()
    {
        Subject = texts[saying.Name + ".Subject", stay.Title, stay.Reference],
        Greeting = texts["Greeting", recipient],
        Lead = [texts[saying.Name + ".Lead", [stay.Title, stay.GuestName, .. saying.More]]],
        Heading = stay.Title,
        Subheading = $"{stay.City}, {stay.Country}",
        Facts = FactsOf(stay, texts),
        FactsNote = texts["TimeZone", stay.TimeZone],
        Closing = [.. saying.Closing.OfType<string>()],
        Link = stay.TripAddress is { } address ? new LetterLink(texts[saying.ToDo?.Text ?? reader.Link], new Uri(address + saying.ToDo?.Path)) : null,
        Footer = texts[reader.Footer],
    };

    private async Task<MailDraft?> DraftAsync(
        Guid bookingId,
        Func<Booking, User> recipient,
        Reader reader,
        Func<Booking, BookedStay, Saying?> says,
        BookingStatus[] @while,
        CancellationToken cancellationToken)
    {
        var booking = await FindAsync(bookingId, cancellationToken);
        if (@while.Length > 0 && !@while.Contains(booking.Status))
        {
            return null;
        }

        var stay = StayOf(booking);
        if (says(booking, stay) is not { } saying)
        {
            return null;
        }

        var to = recipient(booking);
        return new MailDraft(to.Id, to.Email!, to.DisplayName, bookingId, async token =>
        {
            if (saying.WithCalendar && await db.Bookings.AnyAsync(known => known.Id == bookingId && known.Version != booking.Version, token))
            {
                // Moved while it was claimed. News of that may have gone already, and calendars are not told of an older version.
                booking = await FindAsync(bookingId, token);
                stay = StayOf(booking);
                saying = says(booking, stay) ?? saying;
            }

            var letter = LetterOf(stay, to.DisplayName, saying, reader, texts);
            return saying.WithCalendar ? letter with { Calendar = StayCalendar.Of(stay, bookings.Value.CalendarOrganizer) } : letter;
        });
    }

    private BookedStay StayOf(Booking booking) => BookedStay.Of(booking, booking.Listing!, booking.Guest!, options.Value.WebAddress);

    /// <summary>The names of what is said to guests in one way and to hosts in another.</summary>
    internal sealed record Reader(string Link, string Footer);

    private Task<Booking> FindAsync(Guid bookingId, CancellationToken cancellationToken) => db.Bookings.AsNoTracking()
        .Include(found => found.Listing!.Host)
        .Include(found => found.Guest)
        .Include(found => found.Timeline.OrderBy(entry => entry.Id))
        .SingleAsync(found => found.Id == bookingId, cancellationToken);

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
