using Travel.Web.TravelApi;

namespace Travel.Web.Listings.Hosting;

/// <summary>What the pages of a host's listing have in common.</summary>
internal static class ListingPages
{
    /// <summary>The fields of <see cref="ListingFields"/>, by their names in the Api's errors.</summary>
    public static string[] Fields { get; } =
    [
        "title", "description", "type", "city", "region", "country", "latitude", "longitude", "timeZone", "checkInTime", "checkOutTime", "maxGuests", "bedrooms",
        "minNights", "maxNights", "pricePerNight", "cancellationPolicy", "paymentMode", "bookingMode", "amenities",
    ];

    public static string Calendar(Guid listingId) => $"/hosting/{listingId}/calendar";

    public static Problem Unreadable(IReadOnlyDictionary<string, string[]> errors) =>
        new(Type: null, Title: null, StatusCodes.Status400BadRequest, Detail: null, errors);

    /// <summary>What an address that ends in <c>?done=…</c> has to say.</summary>
    public static string? Done(string? what) => what switch
    {
        "created" => "Your draft is saved. Show the place next, then set its prices.",
        "saved" => "Saved.",
        "published" => "Guests can find and book this place now.",
        "archived" => "This place takes no new bookings. Those it has stay as they are.",
        "added" => "The photo is added.",
        "removed" => "The photo is removed.",
        _ => null,
    };
}
