using Microsoft.EntityFrameworkCore;

namespace Travel.Domain.Listings.Photos;

/// <summary>
/// Deletes pictures that no photo refers to: of uploads that were broken off, of photos whose picture could not be deleted with them, of
/// listings that are gone.
/// </summary>
public sealed class PrunePhotos(TravelDbContext db, IPhotoStore store, TimeProvider clock)
{
    /// <summary>The picture is stored before its photo is, so a young one may only be waiting. No upload takes a day.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromDays(1);

    private const int BatchSize = 500;

    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Young;
        var pruned = store.DeleteUnfinishedBefore(before);
        foreach (var pictures in Enumerable.Range(0, IPhotoStore.Parts).SelectMany(part => store.SavedBefore(part, before)).Chunk(BatchSize))
        {
            var shown = await db.Photos.Where(photo => pictures.Contains(photo.Id)).Select(photo => photo.Id).ToListAsync(cancellationToken);
            foreach (var picture in pictures.Except(shown))
            {
                store.Delete(picture);
                pruned++;
            }
        }

        return pruned;
    }
}
