using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Worker.Mail.Templates;

namespace Travel.Worker.Mail;

/// <summary>Tells a host in the morning what the day brings; not the day after, and not when nothing of it is left.</summary>
internal sealed class HostDigestMail(TravelDbContext db, IStringLocalizer<MailTexts> texts, IOptions<MailOptions> options, TimeProvider clock) : IMail<HostDigestDue>
{
    public static string Kind => "host-digest";

    public static bool IsSubscription => true;

    public async Task<MailDraft?> DraftAsync(HostDigestDue message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var host = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == message.HostId && user.ErasedAt == null, cancellationToken);
        if (host is null || LocalTime.DayAt(now, message.TimeZone) != message.Day)
        {
            return null;
        }

        var digests = await HostDigests.ReadAsync(db, [new HostMorning(message.HostId, message.Day, message.TimeZone)], now, cancellationToken);
        return digests is [{ SaysSomething: true } digest]
            ? new MailDraft(host.Id, host.Email, host.DisplayName, BookingId: null, _ => Task.FromResult(LetterOf(digest, host.DisplayName, options.Value.WebAddress!, texts)))
            : null;
    }

    internal static Letter LetterOf(HostDigest digest, string name, Uri web, IStringLocalizer<MailTexts> texts)
    {
        var (_, day, zone) = digest.Morning;
        return new Letter
        {
            Subject = texts["HostDigest.Subject", DayOf(day)],
            Greeting = texts["Greeting", name],
            Lead = [texts["HostDigest.Lead"]],
            Heading = DayOf(day),
            Facts =
            [
                .. digest.Arrivals.Select(stay => new LetterFact(
                    texts["HostDigest.Arrives", stay.GuestName], texts["HostDigest.Arrival", stay.Title, Number(stay.Guests), TimeAt(stay), stay.Reference])),
                .. digest.Departures.Select(stay => new LetterFact(
                    texts["HostDigest.Leaves", stay.GuestName], texts["HostDigest.Departure", stay.Title, TimeAt(stay), stay.Reference])),
                .. digest.Requests.Select(request => new LetterFact(
                    texts["HostDigest.Asks", request.GuestName],
                    texts["HostDigest.Request", request.Title, DayOf(request.CheckInOn), DayOf(request.CheckOutOn), MomentOf(request), request.Reference])),
                .. digest.FewNights.Select(few => new LetterFact(few.Title, texts["HostDigest.FewNights", Number(few.Free), Number(HostDigests.DaysAhead)])),
            ],
            FactsNote = texts["TimeZone", zone],
            Link = digest.Requests.Count > 0
                ? new LetterLink(texts["SeeRequests"], new Uri(web, "/hosting/requests"))
                : new LetterLink(texts["SeeBookings"], new Uri(web, "/hosting/bookings")),
            Footer = texts["Footer.Host"],
        };

        string TimeAt(DigestStay stay) => Zoned(stay.At.ToString("HH:mm", CultureInfo.CurrentCulture), stay.TimeZone);

        string MomentOf(DigestRequest request)
        {
            var there = TimeZoneInfo.ConvertTime(request.AnswerBy, TimeZoneInfo.FindSystemTimeZoneById(request.TimeZone));
            return Zoned($"{BookedStay.Day(there)}, {BookedStay.Time(there)}", request.TimeZone);
        }

        // Most places are in the zone that is named below; what is by another clock says so.
        string Zoned(string time, string where) => where == zone ? time : $"{time} ({where})";
    }

    private static string DayOf(DateOnly day) => day.ToString("dddd, d MMMM yyyy", CultureInfo.CurrentCulture);

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);
}
