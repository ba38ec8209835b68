using System.Globalization;
using Travel.Domain.Bookings;

namespace Travel.Worker.Mail;

/// <summary>What mails say of a stay; times are the listing's own.</summary>
public sealed record BookedStay(
    Guid BookingId,
    string Reference,
    string GuestName,
    string Title,
    string City,
    string Country,
    double Latitude,
    double Longitude,
    string TimeZone,
    DateTimeOffset CheckIn,
    DateTimeOffset CheckOut,
    int Nights,
    int Guests,
    string Total,
    DateTimeOffset BookedAt,
    Uri TripAddress)
{
    public static BookedStay Of(Booking booking, Uri webAddress)
    {
        var listing = booking.Listing!;
        return new BookedStay(
            booking.Id,
            booking.Reference,
            booking.Guest!.DisplayName,
            listing.Title,
            listing.City,
            listing.Country,
            listing.Latitude,
            listing.Longitude,
            listing.TimeZone,
            InZone(booking.CheckInOn, listing.CheckInTime, listing.TimeZone),
            InZone(booking.CheckOutOn, listing.CheckOutTime, listing.TimeZone),
            booking.Quote.Nights,
            booking.Guests,
            booking.Quote.Total.ToString(),
            booking.CreatedAt,
            new Uri(webAddress, $"/trips/{booking.Id}"));
    }

    public static string Day(DateTimeOffset at) => at.ToString("dddd, d MMMM yyyy", CultureInfo.CurrentCulture);

    public static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.CurrentCulture);

    private static DateTimeOffset InZone(DateOnly day, TimeOnly time, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            // The clock jumps over this time on that day; an hour later it exists.
            local = local.AddHours(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
