using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Travel.Bench.Search;

/// <summary>Questions as guests ask them, the same ones for the same seed, hardly ever two alike.</summary>
internal sealed class SearchMix(IReadOnlyList<string> cities, DateOnly today, int seed)
{
    private const string List = "/api/v1/listings";

    private static readonly string[] Words = ["lake", "quiet house", "old town", "fireplace", "harbour", "stone cottage", "jasmine", "hose by the river"];
    private static readonly string[] Amenities = ["wifi", "wifi,kitchen", "pool", "parking,garden", "breakfast"];
    private static readonly string[] Types = ["apartment", "house", "villa", "guesthouse", "lodge"];
    private static readonly string[] Sorts = ["price", "price", "-price", "rating"];

    private readonly Random chance = new(seed);

    /// <summary>All with dates; half of them in one place, some with words, some with both or neither.</summary>
    public string Next()
    {
        var checkIn = today.AddDays(chance.Next(1, 300));
        Dictionary<string, string?> question = new(StringComparer.Ordinal)
        {
            ["checkIn"] = Iso(checkIn),
            ["checkOut"] = Iso(checkIn.AddDays(chance.Next(1, 8))),
            ["guests"] = chance.Next(1, 5).ToString(CultureInfo.InvariantCulture),
        };
        var isNarrow = Add(question, "place", 0.5, cities) | Add(question, "q", 0.2, Words);
        Add(question, "amenities", 0.25, Amenities);
        Add(question, "type", 0.15, Types);
        Add(question, "maxPrice", 0.2, ["20000", "60000", "150000"]);
        if (isNarrow)
        {
            Add(question, "sort", 0.4, Sorts);
        }

        return QueryHelpers.AddQueryString(List, question);
    }

    /// <summary>Filters alone, each question with a price of its own that nobody else asks for.</summary>
    public string NextOfFilters()
    {
        Dictionary<string, string?> question = new(StringComparer.Ordinal)
        {
            ["maxPrice"] = string.Create(CultureInfo.InvariantCulture, $"{5000 + chance.Next(30_000)}.{chance.Next(100):00}"),
            ["guests"] = chance.Next(1, 6).ToString(CultureInfo.InvariantCulture),
        };
        Add(question, "place", 0.3, cities);
        Add(question, "type", 0.3, Types);
        Add(question, "bedrooms", 0.3, ["1", "2", "3"]);
        Add(question, "amenities", 0.3, Amenities);
        return QueryHelpers.AddQueryString(List, question);
    }

    private bool Add(Dictionary<string, string?> question, string name, double share, IReadOnlyList<string> values)
    {
        if (chance.NextDouble() >= share)
        {
            return false;
        }

        question[name] = values[chance.Next(values.Count)];
        return true;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
