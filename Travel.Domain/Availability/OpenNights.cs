using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;

namespace Travel.Domain.Availability;

/// <summary>A host takes a block away. Its nights are free, but for those another site's calendar has been waiting for.</summary>
public sealed class OpenNights(TravelDbContext db, ListingTurn turn)
{
    /// <returns>False when the listing has no such block.</returns>
    public Task<bool> ExecuteAsync(Guid listingId, Guid blockId, CancellationToken cancellationToken) =>
        turn.TakeAsync(listingId, (now, token) => OpenAsync(listingId, blockId, now, token), cancellationToken);

    private async Task<bool> OpenAsync(Guid listingId, Guid blockId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.HostBlocks.Where(block => block.Id == blockId && block.ListingId == listingId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await db.Occupancies.Where(nights => nights.OwnerId == blockId).ExecuteDeleteAsync(cancellationToken);
        db.TouchesNights(listingId, now);
        await db.SettleImportsAsync(listingId, now, cancellationToken);
        return true;
    }
}
