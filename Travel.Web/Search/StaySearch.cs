using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Travel.Web.Search;

/// <summary>
/// What a visitor asks for, as typed. It stays text so that a mistake comes back into the form as it was made; the Api judges it.
/// </summary>
/// <param name="Where">Words of any kind, among them places.</param>
public sealed record StaySearch(string? Where = null, string? CheckIn = null, string? CheckOut = null, string? Guests = null)
{
    /// <summary>The one place that was chosen from the list. Then there are no words.</summary>
    public string? Place { get; init; }

    public SearchFilters Filters { get; init; } = new();

    /// <summary>As the Api calls it; null for the order that fits the question.</summary>
    public string? Sort { get; init; }

    /// <summary>All names of the search form's fields.</summary>
    internal static string[] Fields { get; } = ["q", "place", "checkIn", "checkOut", "guests", .. SearchFilters.Fields];

    /// <summary>The names of a stay's fields in forms, addresses and the Api's errors.</summary>
    internal static IReadOnlyList<string> StayFields { get; } = ["checkIn", "checkOut", "guests"];

    /// <summary>The same question for another address: only what was filled in.</summary>
    public string On(string path, string? cursor = null) => QueryHelpers.AddQueryString(path, Filled([("q", Where), ("place", Place), .. Stay, .. Filters.All, ("sort", Sort), ("cursor", cursor)]));

    /// <summary>Dates and guests only, for an address that is about one listing.</summary>
    public string StayOn(string path) => QueryHelpers.AddQueryString(path, Filled(Stay));

    internal bool HasWords => !string.IsNullOrWhiteSpace(Where);

    internal bool HasPlace => !string.IsNullOrWhiteSpace(Place);

    internal bool HasDates => !string.IsNullOrWhiteSpace(CheckIn) || !string.IsNullOrWhiteSpace(CheckOut);

    /// <summary>The stay, once its parts can be read; whether it makes sense is the Api's to say.</summary>
    internal bool TryRead(out DateOnly checkIn, out DateOnly checkOut, out int guests)
    {
        checkOut = default;
        guests = 0;
        return DateOnly.TryParseExact(CheckIn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out checkIn)
            && DateOnly.TryParseExact(CheckOut, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out checkOut)
            && int.TryParse(Guests, NumberStyles.None, CultureInfo.InvariantCulture, out guests);
    }

    private (string, string?)[] Stay => [("checkIn", CheckIn), ("checkOut", CheckOut), ("guests", Guests)];

    private static Dictionary<string, string?> Filled(params (string Name, string? Value)[] fields) =>
        fields.Where(field => !string.IsNullOrWhiteSpace(field.Value))
            .ToDictionary(field => field.Name, field => (string?)field.Value!.Trim(), StringComparer.Ordinal);
}
