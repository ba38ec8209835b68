using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Travel.Bench.Search;

/// <summary>Questions as guests ask them, the same ones for the same seed, hardly ever two alike.</summary>
internal sealed class SearchMix(IReadOnlyList<string> cities, DateOnly today, int seed)
{
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
        var isNarrow = Add("place", 0.5, cities) | Add("q", 0.2, Words);
        Add("amenities", 0.25, Amenities);
        Add("type", 0.15, Types);
        Add("maxPrice", 0.2, ["20000", "60000", "150000"]);
        if (isNarrow)
        {
            Add("sort", 0.4, Sorts);
        }

        return QueryHelpers.AddQueryString("/api/v1/listings", question);

        bool Add(string name, double share, IReadOnlyList<string> values)
        {
            if (chance.NextDouble() >= share)
            {
                return false;
            }

            question[name] = values[chance.Next(values.Count)];
            return true;
        }
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
