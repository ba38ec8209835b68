using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;

namespace Travel.Domain.Operations;

/// <summary>What Travel has come to.</summary>
/// <param name="Customers">Guests with a verified account.</param>
/// <param name="Bookings">Stays that were booked and stand; what was cancelled is none.</param>
/// <param name="Revenue">What those stays cost, one amount for each currency.</param>
public sealed record BusinessNumbers(int Customers, int Bookings, IReadOnlyList<Money> Revenue);

/// <summary>What one week brought, and all that there was by its end.</summary>
/// <param name="From">A Monday.</param>
/// <param name="To">The Monday after it.</param>
/// <param name="TimeZone">IANA zone by whose clock the week begins and ends.</param>
public sealed record WeeklyReport(DateOnly From, DateOnly To, string TimeZone, BusinessNumbers Week, BusinessNumbers InAll)
{
    public static async Task<WeeklyReport> ReadAsync(TravelDbContext db, DateOnly from, DateOnly to, string timeZone, CancellationToken cancellationToken)
    {
        var (begin, end) = (MidnightOf(from, timeZone), MidnightOf(to, timeZone));
        var customers = await db.Users
            .Where(user => user.Role == Role.Guest && user.EmailConfirmed && user.ErasedAt == null && user.CreatedAt < end)
            .GroupBy(_ => 1)
            .Select(users => new { InAll = users.Count(), Week = users.Count(user => user.CreatedAt >= begin) })
            .SingleOrDefaultAsync(cancellationToken);
        var bookings = await db.Bookings
            .Where(booking => (booking.Status == BookingStatus.Confirmed || booking.Status == BookingStatus.Completed) && booking.CreatedAt < end)
            .GroupBy(booking => booking.Currency)
            .OrderBy(stays => stays.Key)
            .Select(stays => new
            {
                Currency = stays.Key,
                InAll = stays.Count(),
                MinorUnitsInAll = stays.Sum(booking => booking.TotalMinorUnits),
                Week = stays.Count(booking => booking.CreatedAt >= begin),
                MinorUnitsOfWeek = stays.Sum(booking => booking.CreatedAt >= begin ? booking.TotalMinorUnits : 0),
            })
            .ToListAsync(cancellationToken);
        return new WeeklyReport(
            from,
            to,
            timeZone,
            new BusinessNumbers(
                customers?.Week ?? 0, bookings.Sum(row => row.Week), [.. bookings.Select(row => new Money(row.MinorUnitsOfWeek, row.Currency))]),
            new BusinessNumbers(
                customers?.InAll ?? 0, bookings.Sum(row => row.InAll), [.. bookings.Select(row => new Money(row.MinorUnitsInAll, row.Currency))]));
    }

    /// <summary>The last week that is over there.</summary>
    public static (DateOnly From, DateOnly To) LastBefore(DateTimeOffset now, string timeZone)
    {
        var today = LocalTime.DayAt(now, timeZone);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return (monday.AddDays(-7), monday);
    }

    private static DateTimeOffset MidnightOf(DateOnly day, string timeZone) => LocalTime.At(day, TimeOnly.MinValue, timeZone).ToUniversalTime();
}
