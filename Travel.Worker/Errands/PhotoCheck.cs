using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Errands;
using Travel.Domain;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;

namespace Travel.Worker.Errands;

/// <summary>
/// Whether every photo has its picture, whole, just as its row says and with nothing beside its pixels, and every picture its photo. Every picture
/// is read from its first byte to its last. Mends nothing: it says what is wrong.
/// </summary>
internal sealed class PhotoCheck(TravelDbContext db, IPhotoStore store, TimeProvider clock) : IErrandWork
{
    private const int ChunkSize = 200;
    private const string Missing = "missing";
    private const string Unreadable = "unreadable";
    private const string Broken = "broken";
    private const string Different = "different";
    private const string Unclean = "unclean";
    private const string Orphaned = "orphaned";
    private static readonly string[] Faults = [Missing, Unreadable, Broken, Different, Unclean, Orphaned];

    public ErrandKind Kind => ErrandKind.PhotoCheck;

    public async Task<ErrandResult> ExecuteAsync(ErrandRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var soFar = run.Bookmark<Findings>();
        if (soFar is null)
        {
            soFar = new Findings();
            run.Expect(await db.Photos.LongCountAsync(cancellationToken) + IPhotoStore.Parts);
            run.Write("fault", "photo", "listing", "detail");
        }

        await CheckPhotosAsync(run, soFar, cancellationToken);
        // A younger one may only wait for its photo.
        await CheckPicturesAsync(run, soFar, now - PrunePhotos.Young, cancellationToken);
        return new ErrandResult(
            string.Create(CultureInfo.InvariantCulture, $"{soFar.Photos:N0} photos and {soFar.Pictures:N0} pictures were looked at. {InWords(soFar)}"),
            $"travel-photo-check-{CsvText.Day(DateOnly.FromDateTime(now.UtcDateTime))}.csv");
    }

    private async Task CheckPhotosAsync(ErrandRun run, Findings soFar, CancellationToken cancellationToken)
    {
        for (var chunk = await NextAsync(); chunk.Count > 0; chunk = await NextAsync())
        {
            foreach (var photo in chunk)
            {
                // Asked once more: a host may have removed it since it was read.
                if (await FaultOfAsync(photo, cancellationToken) is var (fault, detail) && await db.Photos.AnyAsync(row => row.Id == photo.Id, cancellationToken))
                {
                    soFar.Count(fault);
                    run.Write(fault, photo.Id.ToString(), photo.ListingId.ToString(), CsvText.Text(detail));
                }

                soFar.LastPhoto = photo.Id;
                soFar.Photos++;
                await run.AdvanceAsync(1, soFar, cancellationToken);
            }
        }

        Task<List<Photo>> NextAsync() => db.Photos.AsNoTracking()
            .Where(photo => photo.Id > soFar.LastPhoto).OrderBy(photo => photo.Id).Take(ChunkSize).ToListAsync(cancellationToken);
    }

    private async Task CheckPicturesAsync(ErrandRun run, Findings soFar, DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (soFar.Parts < IPhotoStore.Parts)
        {
            foreach (var chunk in store.SavedBefore(soFar.Parts, before).Chunk(ChunkSize))
            {
                var shown = await db.Photos.Where(photo => chunk.Contains(photo.Id)).Select(photo => photo.Id).ToListAsync(cancellationToken);
                foreach (var picture in chunk.Except(shown))
                {
                    // One that has gone since was only on its way out.
                    await using var file = store.Open(picture);
                    if (file is not null)
                    {
                        soFar.Count(Orphaned);
                        run.Write(Orphaned, picture.ToString(), "", string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes that no photo shows"));
                    }
                }

                soFar.Pictures += chunk.Length;
            }

            soFar.Parts++;
            await run.AdvanceAsync(1, soFar, cancellationToken);
        }
    }

    /// <returns>Null when there is none.</returns>
    private async Task<(string Fault, string Detail)?> FaultOfAsync(Photo photo, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = store.Open(photo.Id);
            if (file is null)
            {
                return (Missing, "There is no picture");
            }

            if (file.Length != photo.SizeBytes)
            {
                return (Broken, string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes and not {photo.SizeBytes}"));
            }

            var content = new byte[file.Length];
            await file.ReadExactlyAsync(content, cancellationToken);
            return FaultOf(photo, content);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // What a disk does that is about to die. To find that is what the check is for.
            return (Unreadable, unreadable.GetType().Name);
        }
    }

    private static (string Fault, string Detail)? FaultOf(Photo photo, byte[] content) => PhotoFile.Read(content) switch
    {
        null => (Broken, "Not a complete picture"),
        _ when photo.ContentHash is { } hash && !SHA256.HashData(content).AsSpan().SequenceEqual(hash) => (Broken, "Not the picture that was uploaded"),
        var picture when (picture.MediaType, picture.Width, picture.Height) != (photo.MediaType, photo.Width, photo.Height) => (
            Different,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{picture.MediaType} of {picture.Width} × {picture.Height} and not {photo.MediaType} of {photo.Width} × {photo.Height}")),
        var picture when !picture.Content.AsSpan().SequenceEqual(content) => (
            Unclean, string.Create(CultureInfo.InvariantCulture, $"{content.Length - picture.Content.Length} bytes beside the picture")),
        _ => null,
    };

    private static string InWords(Findings found) => found.Faults.Count == 0
        ? "Nothing is wrong."
        : string.Join(", ", Faults.Where(found.Faults.ContainsKey).Select(fault => string.Create(CultureInfo.InvariantCulture, $"{found.Faults[fault]:N0} {fault}"))) + ".";

    /// <summary>What was looked at and found, which is the bookmark: photos are gone through by id, pictures part by part of their store.</summary>
    private sealed class Findings
    {
        public Guid LastPhoto { get; set; }
        public int Photos { get; set; }
        public int Parts { get; set; }
        public int Pictures { get; set; }
        public Dictionary<string, int> Faults { get; init; } = new(StringComparer.Ordinal);

        public void Count(string fault) => Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
    }
}
