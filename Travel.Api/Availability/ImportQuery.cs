using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Availability;
using Travel.Domain;
using Travel.Domain.Listings;

namespace Travel.Api.Availability;

internal static class ImportQuery
{
    /// <summary>More than a host reads through; what is beyond them is said as a number.</summary>
    private const int MostConflicts = 50;

    /// <summary>The listing's imports, oldest first, with what they take and whom they meet: four queries.</summary>
    public static async Task<List<ImportResponse>> ImportsOfAsync(this TravelDbContext db, Guid listingId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var timeZone = await db.Listings.Where(listing => listing.Id == listingId).Select(listing => listing.TimeZone).SingleAsync(cancellationToken);
        var today = LocalTime.DayAt(clock.GetUtcNow(), timeZone);
        var imports = await db.CalendarImports.AsNoTracking().Where(import => import.ListingId == listingId)
            .OrderBy(import => import.Id).ToListAsync(cancellationToken);
        var counts = await db.ImportedEvents
            .Where(found => db.CalendarImports.Any(import => import.Id == found.ImportId && import.ListingId == listingId))
            .GroupBy(found => found.ImportId)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken);
        var conflicts = (await ConflictsAsync(db, listingId, today, cancellationToken)).ToLookup(found => found.ImportId, found => found.Conflict);
        return [.. imports.Select(import => new ImportResponse(
            import.Id,
            import.Name,
            import.Url,
            import.State,
            import.Problem,
            import.Notes,
            import.TriedAt,
            import.SucceededAt,
            counts.GetValueOrDefault(import.Id),
            [.. conflicts[import.Id].Take(MostConflicts)],
            Math.Max(0, conflicts[import.Id].Count() - MostConflicts)))];
    }

    private sealed record Found(Guid ImportId, ImportConflict Conflict);

    /// <summary>One for each stay that is not over, and so no more than there are nights; however many events meet it.</summary>
    private static Task<List<Found>> ConflictsAsync(TravelDbContext db, Guid listingId, DateOnly today, CancellationToken cancellationToken) => (
        from import in db.CalendarImports
        where import.ListingId == listingId
        join elsewhere in db.ImportedEvents on import.Id equals elsewhere.ImportId
        from taken in db.Occupancies
        where taken.ListingId == listingId && taken.Active && taken.Stay.LowerBound < elsewhere.ToOn && taken.Stay.UpperBound > elsewhere.FromOn
        join booking in db.Bookings on taken.OwnerId equals booking.Id
        where booking.CheckOutOn > today
        group elsewhere by new { ImportId = import.Id, booking.Id, booking.Reference, booking.CheckInOn, booking.CheckOutOn } into met
        orderby met.Key.CheckInOn
        select new Found(
            met.Key.ImportId,
            new ImportConflict(met.Min(found => found.FromOn), met.Max(found => found.ToOn), met.Key.Id, met.Key.Reference, met.Key.CheckInOn, met.Key.CheckOutOn)))
        .ToListAsync(cancellationToken);
}
