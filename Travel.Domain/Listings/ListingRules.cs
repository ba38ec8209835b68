using System.Text.RegularExpressions;
using Travel.Contracts.Listings;

namespace Travel.Domain.Listings;

/// <summary>What may be said of a listing. Pure: errors by field, none when all is well.</summary>
public static partial class ListingRules
{
    /// <summary>Below this a description tells nobody anything.</summary>
    public const int ShortestDescription = 50;

    public const int LongestDescription = 5000;
    public const int LongestStay = 730;
    public const int MostGuests = 50;

    public static Dictionary<string, string[]> ErrorsOf(ListingRequest listing)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Check(PlainText.IsLine(listing.Title, 5, 120), "title", "One line of 5 to 120 characters.");
        Check(PlainText.IsText(listing.Description) && listing.Description.Length <= LongestDescription, "description", $"Plain text of at most {LongestDescription:N0} characters.");
        Check(PlainText.IsLine(listing.City, 2, 100), "city", "One line of 2 to 100 characters.");
        Check(listing.Region is null || PlainText.IsLine(listing.Region, 2, 100), "region", "One line of 2 to 100 characters, or nothing.");
        Check(PlainText.IsLine(listing.Country, 2, 100), "country", "One line of 2 to 100 characters.");
        Check(listing.Latitude is >= -90 and <= 90, "latitude", "Between -90 and 90 degrees.");
        Check(listing.Longitude is >= -180 and <= 180, "longitude", "Between -180 and 180 degrees.");
        Check(IsZone(listing.TimeZone), "timeZone", "Is not a time zone like Africa/Addis_Ababa.");
        Check(IsWholeMinutes(listing.CheckInTime), "checkInTime", "Whole minutes.");
        Check(IsWholeMinutes(listing.CheckOutTime), "checkOutTime", "Whole minutes.");
        Check(listing.CheckOutTime <= listing.CheckInTime, "checkOutTime", "Not later than check-in: the next guests may come the same day.");
        Check(listing.MaxGuests is >= 1 and <= MostGuests, "maxGuests", $"Between 1 and {MostGuests} guests.");
        Check(listing.Bedrooms is >= 0 and <= 50, "bedrooms", "Between 0 and 50 bedrooms.");
        Check(listing.MinNights is >= 1 and <= LongestStay, "minNights", $"Between 1 and {LongestStay} nights.");
        Check(listing.MaxNights is >= 1 and <= LongestStay, "maxNights", $"Between 1 and {LongestStay} nights.");
        Check(listing.MaxNights >= listing.MinNights, "maxNights", "Not less than the least number of nights.");
        Check(listing.PricePerNight.MinorUnits is > 0 and <= ListingRates.HighestAmountMinorUnits, "pricePerNight", RateRules.PriceBounds);
        Check(listing.Amenities.All(Amenities.All.Contains), "amenities", $"Unknown: {string.Join(", ", listing.Amenities.Where(name => !Amenities.All.Contains(name)).Take(5))}.");
        Check(listing.Amenities.Distinct(StringComparer.Ordinal).Count() == listing.Amenities.Count, "amenities", "Each one once.");
        return errors;

        // The first thing wrong with a field is enough to mend it.
        void Check(bool good, string field, string error)
        {
            if (!good)
            {
                errors.TryAdd(field, [error]);
            }
        }
    }

    /// <summary>What a listing lacks before guests may see it, by field.</summary>
    public static Dictionary<string, string[]> MissingIn(Listing listing, int photos, int photosNeeded)
    {
        var missing = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (listing.Description.Length < ShortestDescription)
        {
            missing["description"] = [$"Describe the place in at least {ShortestDescription} characters; so far there are {listing.Description.Length}."];
        }

        if (photos < photosNeeded)
        {
            missing["photos"] = [$"Show the place in at least {photosNeeded} {(photosNeeded == 1 ? "photo" : "photos")}; so far there are {photos}."];
        }

        return missing;
    }

    /// <summary>.NET knows Windows' names too, and would look for any path among the zone files; neither has the form of an IANA name.</summary>
    private static bool IsZone(string id) =>
        id.Length <= 60 && ZoneName().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    private static bool IsWholeMinutes(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0;

    [GeneratedRegex("^(UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ZoneName();
}
