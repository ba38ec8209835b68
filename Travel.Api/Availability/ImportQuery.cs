using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Availability;
using Travel.Domain;

namespace Travel.Api.Availability;

internal static class ImportQuery
{
    /// <summary>The listing's imports, oldest first, with what they take and whom they meet: three queries.</summary>
    public static async Task<List<ImportResponse>> ImportsOfAsync(this TravelDbContext db, Guid listingId, CancellationToken cancellationToken)
    {
        var imports = await db.CalendarImports.AsNoTracking().Where(import => import.ListingId == listingId)
            .OrderBy(import => import.Id).ToListAsync(cancellationToken);
        var counts = await db.ImportedEvents
            .Where(found => db.CalendarImports.Any(import => import.Id == found.ImportId && import.ListingId == listingId))
            .GroupBy(found => found.ImportId)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken);
        var conflicts = (await ConflictsAsync(db, listingId, cancellationToken)).ToLookup(found => found.ImportId, found => found.Conflict);
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
            [.. conflicts[import.Id]]))];
    }

    private sealed record Found(Guid ImportId, ImportConflict Conflict);

    private static Task<List<Found>> ConflictsAsync(TravelDbContext db, Guid listingId, CancellationToken cancellationToken) => (
        from import in db.CalendarImports
        where import.ListingId == listingId
        join elsewhere in db.ImportedEvents on import.Id equals elsewhere.ImportId
        from taken in db.Occupancies
        where taken.ListingId == listingId && taken.Active && taken.Stay.LowerBound < elsewhere.ToOn && taken.Stay.UpperBound > elsewhere.FromOn
        join booking in db.Bookings on taken.OwnerId equals booking.Id
        orderby elsewhere.FromOn, booking.CheckInOn
        select new Found(
            import.Id,
            new ImportConflict(elsewhere.FromOn, elsewhere.ToOn, booking.Id, booking.Reference, booking.CheckInOn, booking.CheckOutOn)))
        .ToListAsync(cancellationToken);
}
