namespace Travel.Domain.Availability;

internal static class ListingTurn
{
    /// <summary>
    /// Does <paramref name="work"/> in one transaction once it is our turn at the listing: until it is committed nobody else takes or
    /// gives back nights there.
    /// </summary>
    public static Task<T> InTurnAtListingAsync<T>(
        this TravelDbContext db, Guid listingId, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            async token =>
            {
                await db.LockListingAsync(listingId, token);
                return await work(token);
            },
            cancellationToken);
}
