namespace Travel.Domain.Listings.Photos;

/// <summary>
/// Keeps pictures by the ids we gave them. A seam, because where many machines serve one site it is an object store and not a disk.
/// Nothing kept is ever changed, so every method may be repeated.
/// </summary>
public interface IPhotoStore
{
    /// <summary>
    /// By the last byte of a picture's id: the first ones of a version 7 UUID are its time. Many enough that one is gone through well within
    /// the lease of an errand.
    /// </summary>
    const int Parts = 256;

    /// <summary>Once it returns the picture is there whole; until then it is not there at all.</summary>
    Task SaveAsync(Guid id, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken);

    /// <returns>Null when there is no such picture.</returns>
    Stream? Open(Guid id);

    /// <summary>Does nothing when it is gone already.</summary>
    void Delete(Guid id);

    /// <summary>
    /// Pictures of one part of the store that were saved before a moment, in no order. There are <see cref="Parts"/>, so that whoever looks at all
    /// need not have the whole list, nor begin anew when cut off.
    /// </summary>
    /// <param name="part">From 0 on. Which one a picture is in never changes.</param>
    IEnumerable<Guid> SavedBefore(int part, DateTimeOffset moment);

    /// <summary>Deletes what was begun before a moment and is still no picture.</summary>
    /// <returns>How many there were.</returns>
    int DeleteUnfinishedBefore(DateTimeOffset moment);
}
