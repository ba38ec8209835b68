using System.Globalization;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Search;

namespace Travel.Web.Listings;

/// <summary>What the contract's values are called in front of a visitor.</summary>
internal static class Words
{
    /// <summary><c>1,250 ETB</c>; the decimals only where they say something.</summary>
    public static string Price(Money money) => money.ToString().Replace(".00 ", " ", StringComparison.Ordinal);

    public static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>March 2026</c></summary>
    public static string Month(DateTimeOffset at) => at.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Hour(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>14:59</c>, and with hours <c>23:59:59</c>.</summary>
    public static string Left(TimeSpan time) => time.ToString(time >= TimeSpan.FromHours(1) ? @"h\:mm\:ss" : @"mm\:ss", CultureInfo.InvariantCulture);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Count(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";

    /// <summary>A place without a bedroom of its own is one room to live and sleep in.</summary>
    public static string Bedrooms(int bedrooms) => bedrooms == 0 ? "one room" : Count(bedrooms, "bedroom");

    public static string Rating(decimal rating) => rating.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Type(ListingType type) => type switch
    {
        ListingType.Guesthouse => "Guesthouse",
        _ => type.ToString(),
    };

    /// <summary><c>Bahir Dar, Amhara, Ethiopia</c>: as the search for it takes it.</summary>
    public static string Place(PlaceFound place) => string.Join(", ", new[] { place.Name, place.Region, place.Kind == PlaceKind.Country ? null : place.Country }.OfType<string>());

    public static string Pays(PaymentMode mode) => mode == PaymentMode.Online ? "Pay online" : "Pay on arrival";

    public static string Books(BookingMode mode) => mode == BookingMode.Request ? "Host confirms" : "Books at once";

    /// <summary>How a booking of this listing goes, in one sentence.</summary>
    public static string Way(PaymentMode payment, BookingMode booking) => (booking, payment) switch
    {
        (BookingMode.Instant, PaymentMode.OnArrival) => "Confirmed as soon as you book. You pay when you arrive.",
        (BookingMode.Instant, _) => "The nights are held for you for a while. You pay online, and that confirms your stay.",
        (_, PaymentMode.OnArrival) => "You send a request and the host confirms it. You pay when you arrive.",
        _ => "You send a request. Once the host accepts it, the nights are held for you. You pay online, and that confirms your stay.",
    };

    public static string Policy(CancellationPolicy policy) => policy.ToString();

    /// <summary>The terms of the HTTP contract. Hours count back from check-in at the place's own time.</summary>
    public static string Terms(CancellationPolicy policy) => policy switch
    {
        CancellationPolicy.Flexible => "Everything back until 24 hours before check-in. After that, the first night is kept.",
        CancellationPolicy.Moderate => "Everything back until 5 days before check-in. After that, half is returned.",
        _ => "Half back until 7 days before check-in. After that, nothing is returned.",
    };

    /// <summary><c>airportShuttle</c> is "Airport shuttle"; a name newer than this page reads well enough the same way.</summary>
    public static string Amenity(string amenity) => amenity switch
    {
        "wifi" => "Wi-Fi",
        "evCharger" => "EV charger",
        "" => "",
        _ => char.ToUpperInvariant(amenity[0]) + string.Concat(amenity.Skip(1).Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")),
    };
}
