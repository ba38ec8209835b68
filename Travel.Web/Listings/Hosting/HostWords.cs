using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Web.Schedules;

namespace Travel.Web.Listings.Hosting;

/// <summary>What the contract's values are called in front of a host.</summary>
internal static class HostWords
{
    /// <summary>In the order in which guests ask for them.</summary>
    public static IReadOnlyList<string> Amenities { get; } =
    [
        "wifi", "kitchen", "parking", "pool", "airConditioning", "heating", "washer", "breakfast", "workspace", "gym", "hotTub", "fireplace",
        "garden", "balcony", "beachfront", "lakeView", "mountainView", "petsAllowed", "familyFriendly", "airportShuttle", "restaurant", "bar",
        "evCharger", "wheelchairAccess",
    ];

    public static IReadOnlyList<string> TimeZones { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<(string Value, string Text)> CurrencyChoices { get; } =
        [(Currencies.EthiopianBirr, "Ethiopian birr (ETB)"), (Currencies.UsDollar, "US dollar (USD)")];

    public static string Status(ListingStatus status, ListingSuspension? suspension) => status switch
    {
        _ when suspension is not null => "Suspended",
        ListingStatus.Draft => "Draft",
        ListingStatus.Published => "Guests can book",
        _ => "Archived",
    };

    public static string Why(ListingSuspension suspension) => $"Suspended since {JobWords.At(suspension.At)}. The reason given: {suspension.Reason}";

    public static string StatusClass(ListingStatus status) => status switch
    {
        ListingStatus.Published => "status status-confirmed",
        ListingStatus.Archived => "status status-expired",
        _ => "status",
    };

    public static string Books(BookingMode mode) => mode == BookingMode.Instant ? "At once" : "You confirm each request";

    public static string Pays(PaymentMode mode) => mode == PaymentMode.Online ? "Online, before the stay" : "On arrival";

    public static string Cancels(CancellationPolicy policy) => $"{Words.Policy(policy)}: {Words.Terms(policy)}";
}
