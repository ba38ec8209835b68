using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Domain.Reviews;
using Travel.Domain.Seeding;

namespace Travel.Worker.Seeding;

/// <summary>
/// Loads accounts, listings, stays, what was paid for them and reviews, the same ones in every database; only their dates are counted from the day it is done.
/// All of it is one transaction: what breaks off has done nothing, and once it is done it does nothing again.
/// </summary>
internal sealed partial class SeedDemoData(TravelDbContext db, IPasswordHasher<User> hasher, TimeProvider clock, ILogger<SeedDemoData> logger)
{
    private const int Listings = 2000;

    /// <summary>How many of the first listings belong to the demo host, as some of the others do.</summary>
    private const int DemoHostListings = 12;

    /// <summary>How many of the first listings cost the same every night, for whoever tries a booking by hand or in a test.</summary>
    private const int FlatPriced = 100;

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var loaded = await db.InTransactionAsync(LoadAsync, cancellationToken);
        if (loaded is { } rows)
        {
            Log.Loaded(logger, rows.Accounts, rows.Listings, rows.Stays, rows.Reviews, watch.Elapsed.TotalSeconds);
        }
        else
        {
            Log.AlreadyThere(logger);
        }
    }

    private async Task<Loaded?> LoadAsync(CancellationToken cancellationToken)
    {
        // Two that are started at once: the second waits here, and then finds everything.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('demo data', 0))", cancellationToken);
        if (await db.DemoData.AnyAsync(cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var calendar = new DemoCalendar(DateOnly.FromDateTime(now.UtcDateTime));
        var places = Place.ReadAll();
        var handWritten = SeedListing.ReadAll();
        var accounts = DemoAccounts.All(handWritten.Skip(DemoHostListings).Select(seed => seed.Country), places, calendar);
        var (newAccounts, users) = await AddAccountsAsync(accounts, cancellationToken);
        var (newListings, listings) = await AddListingsAsync(handWritten, places, accounts, users, calendar, cancellationToken);
        var guests = accounts.Where(account => account.Role == Role.Guest).Select(account => users[account.Email]).ToList();
        var (stays, reviews) = await AddStaysAsync(new DemoStays(calendar, guests).Plan(listings, handWritten.Count), cancellationToken);

        await db.Database.ExecuteSqlAsync($"ANALYZE users, listings, published_listings, places, search_words, listing_seasons, bookings, booking_timeline, occupancies, payments, ledger_entries, reviews", cancellationToken);
        db.DemoData.Add(new DemoData { AnchorOn = calendar.AnchorOn, LoadedAt = now });
        await db.SaveChangesAsync(cancellationToken);
        return new Loaded(newAccounts, newListings, stays, reviews);
    }

    /// <summary>Accounts that are there, from before the demo data had stays, are left as they are.</summary>
    private async Task<(int Added, Dictionary<string, Guid> Ids)> AddAccountsAsync(IReadOnlyList<DemoAccount> accounts, CancellationToken cancellationToken)
    {
        var ids = await db.Users.Where(user => user.Email != null).ToDictionaryAsync(user => user.Email!, user => user.Id, StringComparer.Ordinal, cancellationToken);
        var added = accounts.Where(account => !ids.ContainsKey(account.Email)).Select(account => account.ToUser(hasher)).ToList();
        added.ForEach(user => ids.Add(user.Email!, user.Id));
        return (await db.CopyAsync(added, cancellationToken), ids);
    }

    private async Task<(int Added, List<Listing> All)> AddListingsAsync(
        IReadOnlyList<SeedListing> handWritten,
        IReadOnlyList<Place> places,
        IReadOnlyList<DemoAccount> accounts,
        Dictionary<string, Guid> users,
        DemoCalendar calendar,
        CancellationToken cancellationToken)
    {
        var slugs = handWritten.Select(seed => seed.Slug).ToHashSet(StringComparer.Ordinal);
        var writer = new ListingWriter(places);
        var hosts = accounts.Where(account => account.Country is not null).ToLookup(account => account.Country, account => account.Email, StringComparer.Ordinal);
        var seeds = handWritten
            .Concat(Enumerable.Range(0, Listings - handWritten.Count).Select(index => writer.Write(index, slugs)))
            .Select((seed, index) => (seed, index, host: index < DemoHostListings
                ? DemoAccounts.HostEmail
                : new Dice("host of " + seed.Slug).Pick(hosts[seed.Country].ToList())))
            .ToList();

        var known = await db.Listings.AsNoTracking().WithRates().ToDictionaryAsync(listing => listing.Slug, StringComparer.Ordinal, cancellationToken);
        var all = seeds.ConvertAll(row => known.GetValueOrDefault(row.seed.Slug) ?? row.seed.ToListing(users[row.host], calendar.ListedAt(row.index)));
        var added = all.Where(listing => !known.ContainsKey(listing.Slug)).ToList();
        all.Skip(FlatPriced).Intersect(added).ToList().ForEach(listing => DemoRates.Set(listing, calendar));
        await db.CopyAsync(added, cancellationToken);
        await db.CopyAsync(added.SelectMany(listing => listing.Seasons!).ToList(), cancellationToken);
        return (added.Count, all);
    }

    private async Task<(int Stays, int Reviews)> AddStaysAsync(IEnumerable<DemoStay> planned, CancellationToken cancellationToken)
    {
        // What was booked before the demo data had stays keeps its nights.
        var taken = (await db.Occupancies.Where(nights => nights.Active).Select(nights => new { nights.ListingId, nights.Stay }).ToListAsync(cancellationToken))
            .ToLookup(nights => nights.ListingId, nights => nights.Stay);
        var stays = planned
            .Where(stay => !taken[stay.Occupancy.ListingId].Any(nights =>
                nights.LowerBound < stay.Booking.CheckOutOn && stay.Booking.CheckInOn < nights.UpperBound))
            .ToList();
        var reviews = stays.Select(stay => stay.Review).OfType<Review>().ToList();

        await db.CopyAsync(stays.ConvertAll(stay => stay.Booking), cancellationToken);
        await db.CopyAsync(stays.ConvertAll(stay => stay.Occupancy), cancellationToken);
        await db.CopyAsync(stays.SelectMany(stay => stay.Timeline).ToList(), cancellationToken);
        var payments = stays.Select(stay => stay.Payment).OfType<DemoPayment>().ToList();
        await db.CopyAsync(payments.ConvertAll(paid => paid.Payment), cancellationToken);
        await db.CopyAsync(payments.SelectMany(paid => paid.Ledger).ToList(), cancellationToken);
        await db.CopyAsync(reviews, cancellationToken);
        await db.RateListingsAsync([.. reviews.Select(review => review.ListingId).Distinct()], cancellationToken);
        return (stays.Count, reviews.Count);
    }

    private sealed record Loaded(int Accounts, int Listings, int Stays, int Reviews);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Loaded the demo data: {Accounts} accounts, {Listings} listings, {Stays} stays and {Reviews} reviews in {Seconds:F1} s")]
        public static partial void Loaded(ILogger logger, int accounts, int listings, int stays, int reviews, double seconds);

        [LoggerMessage(LogLevel.Information, "The demo data is there already")]
        public static partial void AlreadyThere(ILogger logger);
    }
}
