using System.Globalization;
using NpgsqlTypes;
using Travel.Contracts.Availability;

namespace Travel.Domain.Availability;

/// <summary>Reckoning with nights: all of it half-open, so that the day of departure is free for the next arrival.</summary>
public static class NightRanges
{
    /// <summary>The same nights in order, with what overlaps or touches put together.</summary>
    public static List<NightRange> Merged(this IEnumerable<NightRange> ranges)
    {
        List<NightRange> merged = [];
        foreach (var range in ranges.Where(range => range.From < range.To).OrderBy(range => range.From))
        {
            if (merged is [.., var last] && range.From <= last.To)
            {
                merged[^1] = last with { To = Later(last.To, range.To) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    /// <summary>What is left of the nights when those already taken are taken away.</summary>
    public static List<NightRange> Without(this IEnumerable<NightRange> ranges, IEnumerable<NightRange> taken)
    {
        List<NightRange> left = [];
        var gone = taken.Merged();
        foreach (var range in ranges.Merged())
        {
            var from = range.From;
            foreach (var hole in gone.Where(hole => hole.Overlaps(range)))
            {
                if (from < hole.From)
                {
                    left.Add(new NightRange(from, hole.From));
                }

                from = hole.To;
            }

            if (from < range.To)
            {
                left.Add(range with { From = from });
            }
        }

        return left;
    }

    public static bool Overlaps(this NightRange one, NightRange other) => one.From < other.To && other.From < one.To;

    /// <summary>The part of the range that lies within the other; empty, with from = to or after it, when there is none.</summary>
    public static NightRange Within(this NightRange range, NightRange bounds) =>
        new(Later(range.From, bounds.From), range.To < bounds.To ? range.To : bounds.To);

    /// <summary><c>24 to 27 Dec 2026</c>: the first night's day and the day of departure.</summary>
    public static string InWords(this NightRange range) => string.Create(
        CultureInfo.InvariantCulture,
        $"{range.From.ToString(range.From.Year != range.To.Year ? "d MMM yyyy" : range.From.Month != range.To.Month ? "d MMM" : "%d", CultureInfo.InvariantCulture)} to {range.To:d MMM yyyy}");

    public static NightRange ToNights(this NpgsqlRange<DateOnly> stay) => new(stay.LowerBound, stay.UpperBound);

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
