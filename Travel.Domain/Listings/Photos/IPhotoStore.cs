namespace Travel.Domain.Listings.Photos;

/// <summary>
/// Keeps pictures by the ids we gave them. A seam, because where many machines serve one site it is an object store and not a disk.
/// Nothing kept is ever changed, so every method may be repeated.
/// </summary>
public interface IPhotoStore
{
    /// <summary>Once it returns the picture is there whole; until then it is not there at all.</summary>
    Task SaveAsync(Guid id, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken);

    /// <returns>Null when there is no such picture.</returns>
    Stream? Open(Guid id);

    /// <summary>Does nothing when it is gone already.</summary>
    void Delete(Guid id);

    /// <summary>Pictures that were saved before a moment, in no order.</summary>
    IEnumerable<Guid> SavedBefore(DateTimeOffset moment);

    /// <summary>Deletes what was begun before a moment and is still no picture.</summary>
    /// <returns>How many there were.</returns>
    int DeleteUnfinishedBefore(DateTimeOffset moment);
}
