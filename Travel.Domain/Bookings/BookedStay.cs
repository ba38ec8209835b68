using System.Globalization;
using Travel.Contracts.Bookings;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>What mails and calendars say of a stay; times are the listing's own.</summary>
/// <param name="Version">The booking's, of which all this is.</param>
/// <param name="IsOff">Nobody comes: cancelled, declined or expired.</param>
/// <param name="IsTentative">It may still come to nothing: the host has to answer, or the guest to pay.</param>
/// <param name="TripAddress">Its page; null where nobody knows the pages' address.</param>
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
    int Version,
    bool IsOff,
    bool IsTentative,
    Uri? TripAddress)
{
    public static BookedStay Of(Booking booking, Listing listing, User guest, Uri? webAddress) => new(
        booking.Id,
        booking.Reference,
        guest.DisplayName,
        listing.Title,
        listing.City,
        listing.Country,
        listing.Latitude,
        listing.Longitude,
        booking.TimeZone,
        booking.CheckInAt,
        booking.CheckOutAt,
        booking.CheckOutOn.DayNumber - booking.CheckInOn.DayNumber,
        booking.Guests,
        booking.Quote.Total.ToString(),
        booking.CreatedAt,
        booking.Version,
        booking.Status is BookingStatus.Cancelled or BookingStatus.Declined or BookingStatus.Expired,
        booking.Status is BookingStatus.Requested or BookingStatus.Held,
        webAddress is null ? null : new Uri(webAddress, $"/trips/{booking.Id}"));

    public static string Day(DateTimeOffset at) => at.ToString("dddd, d MMMM yyyy", CultureInfo.CurrentCulture);

    public static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>An instant by the clock at the listing.</summary>
    public string Moment(DateTimeOffset at)
    {
        var there = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        return $"{Day(there)}, {Time(there)}";
    }
}
