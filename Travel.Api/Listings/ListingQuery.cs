using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

/// <summary>What a guest asks the list for. All parts are optional and narrow it together.</summary>
internal sealed record ListingQuery(string? Q, string? Place, ListingType? Type, DateOnly? CheckIn, DateOnly? CheckOut, int? Guests)
{
    public const int LongestText = 100;

    public Dictionary<string, string[]> Errors(DateTimeOffset now)
    {
        var errors = (CheckIn, CheckOut) switch
        {
            (null, null) => new Dictionary<string, string[]>(StringComparer.Ordinal),
            (null, _) => new Dictionary<string, string[]>(StringComparer.Ordinal) { ["checkIn"] = ["Check-in is missing."] },
            (_, null) => new Dictionary<string, string[]>(StringComparer.Ordinal) { ["checkOut"] = ["Check-out is missing."] },
            // West of the date line it is still yesterday: no date that is today anywhere is past.
            var (checkIn, checkOut) => StayRequest.DateErrors(checkIn.Value, checkOut.Value, DateOnly.FromDateTime(now.AddHours(-12).Date)),
        };
        if (Guests is < 1 or > ListingRules.MostGuests)
        {
            errors["guests"] = [$"Between 1 and {ListingRules.MostGuests} guests."];
        }

        foreach (var (field, text) in new[] { ("q", Q), ("place", Place) })
        {
            if (text?.Length > LongestText)
            {
                errors[field] = [$"At most {LongestText} characters."];
            }
            else if (text?.Contains('\0') == true)
            {
                errors[field] = ["Is not text."];
            }
        }

        return errors;
    }

    public IQueryable<Listing> Apply(TravelDbContext db)
    {
        var listings = db.Listings.AsNoTracking().Where(listing => listing.Status == ListingStatus.Published);
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var pattern = LikePattern.Containing(Q);
            listings = listings.Where(listing =>
                EF.Functions.ILike(listing.Title, pattern, "\\")
                || EF.Functions.ILike(listing.City, pattern, "\\")
                || EF.Functions.ILike(listing.Region!, pattern, "\\")
                || EF.Functions.ILike(listing.Country, pattern, "\\")
                || EF.Functions.ILike(listing.Description, pattern, "\\"));
        }

        if (!string.IsNullOrWhiteSpace(Place))
        {
            var pattern = LikePattern.Containing(Place);
            listings = listings.Where(listing =>
                EF.Functions.ILike(listing.City, pattern, "\\")
                || EF.Functions.ILike(listing.Region!, pattern, "\\")
                || EF.Functions.ILike(listing.Country, pattern, "\\"));
        }

        if (Type is { } type)
        {
            listings = listings.Where(listing => listing.Type == type);
        }

        if (Guests is { } guests)
        {
            listings = listings.Where(listing => listing.MaxGuests >= guests);
        }

        if (CheckIn is { } checkIn && CheckOut is { } checkOut)
        {
            var nights = checkOut.DayNumber - checkIn.DayNumber;
            listings = listings
                .Where(listing => listing.MinNights <= nights && listing.MaxNights >= nights
                    && !listing.Seasons!.Any(season => season.FromOn <= checkIn && checkIn < season.ToOn && season.MinNights > nights))
                .FreeBetween(db, checkIn, checkOut)
                .WithRates(checkIn, checkOut);
        }

        return listings;
    }
}
