using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Payments;

namespace Travel.Api.Payments;

/// <summary>What a host has earned, read off the ledger: what nobody has received is nobody's earnings. docs/payments.md has the rules.</summary>
internal static class EarningsReads
{
    /// <summary>Three queries, however much was earned.</summary>
    public static async Task<EarningsResponse> FindAsync(TravelDbContext db, Guid hostId, EarningsSpan span, CancellationToken cancellationToken)
    {
        var stays = await StaysAsync(db, hostId, span, cancellationToken);
        var fees = await FeesAsync(db, hostId, span, cancellationToken);
        var upcoming = await UpcomingAsync(db, hostId, cancellationToken);
        List<Earning> items = [.. stays.Concat(fees).OrderByDescending(earning => earning.EarnedOn).ThenByDescending(earning => earning.BookingId)];
        return new EarningsResponse(span.From, span.To, TotalsOf(items, upcoming), items);
    }

    /// <summary>Stays that are over, on the day of departure at the place.</summary>
    private static async Task<IEnumerable<Earning>> StaysAsync(TravelDbContext db, Guid hostId, EarningsSpan span, CancellationToken cancellationToken)
    {
        var rows = await db.Bookings
            .Where(booking => booking.HostId == hostId && booking.Status == BookingStatus.Completed && booking.CheckOutOn >= span.From && booking.CheckOutOn <= span.To)
            .Select(booking => new
            {
                Stay = new EarnedStay(
                    booking.Id, booking.Reference, booking.Listing!.Title, booking.Guest!.DisplayName, booking.CheckInOn, booking.CheckOutOn, booking.Status,
                    booking.PaymentMode, booking.Currency),
                Total = booking.TotalMinorUnits,
                Received = -db.LedgerEntries.Where(entry => entry.BookingId == booking.Id && entry.Account == LedgerAccount.Stay).Sum(entry => entry.MinorUnits),
            })
            .ToListAsync(cancellationToken);
        return rows
            .Where(row => row.Stay.PaymentMode == PaymentMode.OnArrival || row.Received != 0)
            .Select(row => row.Stay.Earned(EarningKind.Stay, row.Stay.CheckOut, row.Stay.PaymentMode == PaymentMode.OnArrival ? row.Total : row.Received));
    }

    /// <summary>What cancellations and shortened stays kept, on that day at the place; and what was given back of it since, on the day it was.</summary>
    private static async Task<IEnumerable<Earning>> FeesAsync(TravelDbContext db, Guid hostId, EarningsSpan span, CancellationToken cancellationToken)
    {
        // Which day it is there the database is not asked: a day more on each side is not much.
        var (from, before) = span.Anywhere;
        var rows = await db.LedgerEntries
            .Where(entry => entry.HostId == hostId && entry.At >= from && entry.At < before && entry.Account == LedgerAccount.Retained)
            .Join(db.Bookings, entry => entry.BookingId, booking => booking.Id, (entry, booking) => new
            {
                Stay = new EarnedStay(
                    booking.Id, booking.Reference, booking.Listing!.Title, booking.Guest!.DisplayName, booking.CheckInOn, booking.CheckOutOn, booking.Status,
                    booking.PaymentMode, booking.Currency),
                booking.TimeZone,
                entry.At,
                entry.MinorUnits,
            })
            .ToListAsync(cancellationToken);
        return rows
            .GroupBy(row => (row.Stay, On: LocalTime.DayAt(row.At, row.TimeZone)))
            .Where(day => span.Has(day.Key.On) && day.Sum(row => row.MinorUnits) != 0)
            .Select(day => day.Key.Stay.Earned(EarningKind.CancellationFee, day.Key.On, -day.Sum(row => row.MinorUnits)));
    }

    private static async Task<List<Money>> UpcomingAsync(TravelDbContext db, Guid hostId, CancellationToken cancellationToken)
    {
        var held = await db.LedgerEntries
            .Where(entry => entry.HostId == hostId && entry.Account == LedgerAccount.Stay
                && db.Bookings.Any(booking => booking.Id == entry.BookingId && booking.Status == BookingStatus.Confirmed))
            .GroupBy(entry => entry.Currency)
            .Select(entries => new { Currency = entries.Key, MinorUnits = -entries.Sum(entry => entry.MinorUnits) })
            .ToListAsync(cancellationToken);
        return held.ConvertAll(row => new Money(row.MinorUnits, row.Currency));
    }

    private static List<EarningsTotal> TotalsOf(List<Earning> items, List<Money> upcoming)
    {
        return [.. items.Select(earning => earning.Amount).Concat(upcoming).Select(money => money.Currency).Distinct().Order(StringComparer.Ordinal).Select(Total)];

        EarningsTotal Total(string currency) => new(currency, Sum(currency, PaymentMode.Online), Sum(currency, PaymentMode.OnArrival),
            upcoming.Where(money => money.Currency == currency).Aggregate(new Money(0, currency), (sum, money) => sum + money));

        Money Sum(string currency, PaymentMode mode) => items
            .Where(earning => earning.PaymentMode == mode && earning.Amount.Currency == currency)
            .Aggregate(new Money(0, currency), (sum, earning) => sum + earning.Amount);
    }

    /// <summary>What every line says of its booking.</summary>
    private sealed record EarnedStay(
        Guid BookingId, string Reference, string ListingTitle, string GuestName, DateOnly CheckIn, DateOnly CheckOut, BookingStatus Status, PaymentMode PaymentMode, string Currency)
    {
        public Earning Earned(EarningKind kind, DateOnly on, long minorUnits) => new(
            BookingId, Reference, ListingTitle, GuestName, CheckIn, CheckOut, Status, PaymentMode, kind, on, new Money(minorUnits, Currency));
    }
}
