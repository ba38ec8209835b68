using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Worker.Seeding;

/// <summary>
/// Demo accounts and listings. What is already there, by e-mail address or slug, is left alone, so that it can be run at every start.
/// </summary>
internal sealed partial class SeedDemoData(TravelDbContext db, IPasswordHasher<User> hasher, TimeProvider clock, ILogger<SeedDemoData> logger)
{
    /// <summary>How many of the seed's first listings belong to the demo host.</summary>
    private const int DemoHostListings = 12;

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var seeds = await SeedListing.ReadAllAsync(cancellationToken);
        var users = await AddUsersAsync(seeds, cancellationToken);
        var known = await db.Listings.Select(listing => listing.Slug).ToHashSetAsync(cancellationToken);

        // Listings are shown newest first: the first of the file becomes the newest.
        var createdAt = clock.GetUtcNow();
        var added = seeds
            .Select((seed, index) => (seed, host: users[index < DemoHostListings ? DemoAccounts.HostEmail : DemoAccounts.HostEmailIn(seed.Country)], index))
            .Where(row => !known.Contains(row.seed.Slug))
            .Select(row => row.seed.ToListing(row.host, createdAt - TimeSpan.FromHours(row.index)))
            .ToList();
        db.Listings.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        Log.Seeded(logger, added.Count, seeds.Count);
    }

    private async Task<Dictionary<string, Guid>> AddUsersAsync(IReadOnlyList<SeedListing> seeds, CancellationToken cancellationToken)
    {
        var accounts = DemoAccounts.All.Concat(DemoAccounts.HostsOf(seeds.Skip(DemoHostListings))).ToList();
        var known = await db.Users.ToDictionaryAsync(user => user.Email!, user => user.Id, StringComparer.Ordinal, cancellationToken);
        foreach (var account in accounts.Where(account => !known.ContainsKey(account.Email)))
        {
            var user = account.ToUser(hasher, clock.GetUtcNow());
            db.Users.Add(user);
            known[account.Email] = user.Id;
        }

        await db.SaveChangesAsync(cancellationToken);
        return known;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Added {Added} of {Total} demo listings; the others were there")]
        public static partial void Seeded(ILogger logger, int added, int total);
    }
}
