using System.Globalization;

namespace Travel.Web.Availability;

/// <summary>What a day is, for the eye and for the ear.</summary>
/// <param name="Kind">Ends the css class <c>day-…</c>.</param>
/// <param name="Word">Read out after the number.</param>
/// <param name="Sign">Seen beside the number, so that colour alone says nothing.</param>
public sealed record DayMark(string Kind, string Word, string Sign = "");

/// <summary>Months in a row, as an address says them: <c>2026-12</c>.</summary>
internal static class Months
{
    private const string Form = "yyyy-MM";

    /// <summary>The month asked for, or that of the day; the nearest to it that there is, and the first one without an answer to read.</summary>
    public static DateOnly From(string? text, DateOnly first, DateOnly last) =>
        !DateOnly.TryParseExact(text, [Form, "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day < first ? first
        : day > last ? last
        : Of(day);

    public static DateOnly Of(DateOnly day) => new(day.Year, day.Month, 1);

    public static string Iso(DateOnly month) => month.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary><c>December 2026</c></summary>
    public static string Name(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The weeks of a month, from Monday on; the days of other months are left out.</summary>
    public static IEnumerable<DateOnly?[]> Weeks(DateOnly month)
    {
        var start = month.AddDays(-(((int)month.DayOfWeek + 6) % 7));
        for (var week = start; week < month.AddMonths(1); week = week.AddDays(7))
        {
            yield return [.. Enumerable.Range(0, 7).Select(day => week.AddDays(day)).Select(day => day.Month == month.Month ? day : (DateOnly?)null)];
        }
    }
}
