using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability.Importing;

namespace Travel.Domain.Availability;

/// <summary>A host takes a block away. Its nights are free, but for those another site's calendar has been waiting for.</summary>
public sealed class OpenNights(TravelDbContext db, ListingTurn turn, SettleImports imports)
{
    /// <returns>False when the listing has no such block.</returns>
    public Task<bool> ExecuteAsync(Guid listingId, Guid blockId, CancellationToken cancellationToken) =>
        turn.TakeAsync(listingId, (_, token) => OpenAsync(listingId, blockId, token), cancellationToken);

    private async Task<bool> OpenAsync(Guid listingId, Guid blockId, CancellationToken cancellationToken)
    {
        if (await db.HostBlocks.Where(block => block.Id == blockId && block.ListingId == listingId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await db.Occupancies.Where(nights => nights.OwnerId == blockId).ExecuteDeleteAsync(cancellationToken);
        await imports.SettleAsync(listingId, cancellationToken);
        return true;
    }
}
