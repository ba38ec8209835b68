using Travel.Contracts.Listings;

namespace Travel.Worker.Seeding;

/// <summary>What a place to stay is likely to have, so that a hostel in the mountains has no beach and a villa has a kitchen.</summary>
internal static class ListingAmenities
{
    private static readonly (string Amenity, Func<ListingType, Place, double> Likely)[] All =
    [
        ("wifi", (_, place) => place.Is("wild") ? 0.6 : 0.95),
        ("kitchen", (type, _) => IsHome(type) ? 0.95 : type is ListingType.Hostel ? 0.7 : type is ListingType.Guesthouse ? 0.25 : 0),
        ("breakfast", (type, _) => IsHome(type) ? 0 : type is ListingType.Hostel ? 0.35 : 0.8),
        ("restaurant", (type, _) => type switch { ListingType.Resort => 0.95, ListingType.Lodge => 0.7, ListingType.Hotel => 0.5, _ => 0 }),
        ("bar", (type, _) => type switch { ListingType.Resort => 0.7, ListingType.Hotel or ListingType.Lodge or ListingType.Hostel => 0.3, _ => 0 }),
        ("parking", (_, place) => place.Is("old") ? 0 : 0.6),
        ("garden", (type, _) => type switch { ListingType.Apartment or ListingType.Hotel or ListingType.Hostel => 0.15, ListingType.Villa or ListingType.Resort => 0.9, _ => 0.5 }),
        ("balcony", (type, _) => type is ListingType.Apartment or ListingType.Hotel ? 0.35 : 0.15),
        ("pool", (type, place) => type is ListingType.Resort ? 0.9 : place.Is("warm") && type is ListingType.Villa or ListingType.Hotel ? 0.4 : 0),
        ("airConditioning", (_, place) => place.Is("warm") ? 0.7 : 0.1),
        ("heating", (_, place) => place.Is("warm") ? 0 : 0.6),
        ("fireplace", (type, place) => place.Is("warm") ? 0 : type is ListingType.Lodge or ListingType.House ? 0.35 : 0.03),
        ("washer", (type, _) => IsHome(type) ? 0.75 : type is ListingType.Hostel ? 0.5 : 0.05),
        ("workspace", (type, _) => type is ListingType.Apartment or ListingType.Hotel ? 0.45 : 0.15),
        ("beachfront", (type, place) => place.Is("coast") && type is ListingType.Resort or ListingType.Lodge or ListingType.Villa ? 0.5 : 0),
        ("lakeView", (_, place) => place.Is("lake") ? 0.4 : 0),
        ("mountainView", (_, place) => place.Is("mountain") ? 0.5 : 0),
        ("familyFriendly", (type, _) => type is ListingType.Hostel ? 0.05 : 0.4),
        ("petsAllowed", (_, _) => 0.1),
        ("airportShuttle", (type, _) => type is ListingType.Hotel or ListingType.Resort or ListingType.Lodge ? 0.3 : 0.05),
        ("gym", (type, _) => type is ListingType.Hotel or ListingType.Resort ? 0.2 : 0),
        ("hotTub", (type, _) => type is ListingType.Villa or ListingType.Resort ? 0.12 : 0),
        ("evCharger", (_, _) => 0.04),
        ("wheelchairAccess", (type, _) => type is ListingType.Hotel ? 0.2 : 0.04),
    ];

    /// <param name="sure">What the title already promises.</param>
    public static List<string> Of(ListingType type, Place place, string? sure, Dice dice) =>
        [.. All.Where(row => dice.Chance(row.Likely(type, place)) || row.Amenity == sure).Select(row => row.Amenity).DefaultIfEmpty("wifi")];

    private static bool IsHome(ListingType type) => type is ListingType.Apartment or ListingType.House or ListingType.Villa;
}
