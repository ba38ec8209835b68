using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Availability;
using Travel.Domain.Bookings;

namespace Travel.Domain.Availability.Importing;

/// <summary>
/// Gives imported calendars the nights they want as far as nobody else has them: bookings and blocks come first, then the older import.
/// To be called in the listing's turn, whenever what they want or what others have has changed, and so also by every booking that gives
/// nights back: another guest must not get what another site has let.
/// </summary>
internal static class SettleImports
{
    /// <summary>Takes from the listing's imports what overlaps these nights, for somebody who comes before them.</summary>
    public static Task MakeImportsGiveWayAsync(this TravelDbContext db, Guid listingId, NightRange nights, CancellationToken cancellationToken)
    {
        var range = Occupancy.Nights(nights.From, nights.To);
        return db.Occupancies
            .Where(taken => taken.ListingId == listingId && taken.Active && taken.Stay.Overlaps(range)
                && db.CalendarImports.Any(import => import.Id == taken.OwnerId))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>One query where there are no imports, which is at most places.</summary>
    public static async Task SettleImportsAsync(this TravelDbContext db, Guid listingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var imports = await db.CalendarImports.Where(import => import.ListingId == listingId)
            .OrderBy(import => import.Id).Select(import => import.Id).ToListAsync(cancellationToken);
        if (imports.Count == 0)
        {
            return;
        }

        var wanted = (await db.ImportedEvents.AsNoTracking().Where(found => imports.Contains(found.ImportId)).ToListAsync(cancellationToken))
            .ToLookup(found => found.ImportId, found => found.Nights);
        var active = await db.Occupancies.AsNoTracking().Where(nights => nights.ListingId == listingId && nights.Active).ToListAsync(cancellationToken);
        var taken = active.Where(nights => !imports.Contains(nights.OwnerId)).Select(nights => nights.Stay.ToNights()).ToList();

        List<Occupancy> added = [];
        List<Guid> gone = [];
        foreach (var import in imports)
        {
            var due = wanted[import].Without(taken);
            var has = active.Where(nights => nights.OwnerId == import).ToList();
            gone.AddRange(has.Where(nights => !due.Contains(nights.Stay.ToNights())).Select(nights => nights.Id));
            added.AddRange(due.Where(range => !has.Exists(nights => nights.Stay.ToNights() == range))
                .Select(range => Occupancy.For(import, listingId, range.From, range.To, now)));
            taken.AddRange(due);
        }

        if (gone.Count + added.Count == 0)
        {
            return;
        }

        db.TouchesNights(listingId, now);
        // First what is given back: another import may be waiting for it.
        await db.Occupancies.Where(nights => gone.Contains(nights.Id)).ExecuteDeleteAsync(cancellationToken);
        db.Occupancies.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
    }
}
