using Travel.Domain.Bookings;

namespace Travel.Api.Payments;

/// <summary>The days that earnings are asked for, both included.</summary>
internal sealed record EarningsSpan(DateOnly From, DateOnly To)
{
    public const int MostDays = 366;

    /// <summary>Nothing of Travel is older.</summary>
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>What is left out is the beginning, or the end, of the other one's month; of this month, by UTC, where nothing is said.</summary>
    /// <param name="errors">Where what is wrong with it is noted; the span is of no use then.</param>
    public static EarningsSpan Of(DateOnly? from, DateOnly? to, DateTimeOffset now, Dictionary<string, string[]> errors)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var last = today.AddYears(StayRequest.YearsAhead);
        foreach (var (name, day) in new[] { (nameof(from), from), (nameof(to), to) })
        {
            if (day < Earliest || day > last)
            {
                errors[name] = [$"Is not between the year {Earliest.Year} and {StayRequest.YearsAhead} years from now."];
            }
        }

        var (month, monthOfEnd) = (from ?? to ?? today, to ?? from ?? today);
        var span = new EarningsSpan(
            from ?? new DateOnly(month.Year, month.Month, 1),
            to ?? new DateOnly(monthOfEnd.Year, monthOfEnd.Month, DateTime.DaysInMonth(monthOfEnd.Year, monthOfEnd.Month)));
        if (errors.Count == 0 && span.To < span.From)
        {
            errors[nameof(to)] = ["Must not be before the first day."];
        }
        else if (errors.Count == 0 && span.Days > MostDays)
        {
            errors[nameof(to)] = [$"At most {MostDays} days at a time."];
        }

        return span;
    }

    public int Days => To.DayNumber - From.DayNumber + 1;

    public bool Has(DateOnly day) => day >= From && day <= To;

    /// <summary>From the first place on Earth that has the first day to the last that has the last one.</summary>
    public (DateTimeOffset From, DateTimeOffset Before) Anywhere => (
        new DateTimeOffset(From, TimeOnly.MinValue, TimeSpan.Zero).AddHours(-14),
        new DateTimeOffset(To.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero).AddHours(12));
}
