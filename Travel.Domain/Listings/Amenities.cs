using System.Collections.Frozen;

namespace Travel.Domain.Listings;

/// <summary>The amenities a listing can have and a guest can ask for.</summary>
public static class Amenities
{
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "wifi", "kitchen", "parking", "pool", "airConditioning", "heating", "washer", "breakfast", "workspace", "gym", "hotTub", "fireplace",
        "garden", "balcony", "beachfront", "lakeView", "mountainView", "petsAllowed", "familyFriendly", "airportShuttle", "restaurant", "bar",
        "evCharger", "wheelchairAccess");
}
