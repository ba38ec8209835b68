using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Errands;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;
using Travel.Tests.Fixtures;
using Travel.Worker.Errands;

namespace Travel.Tests.Errands;

[Collection(DatabaseServer.Collection)]
public sealed class PhotoCheckTests(ErrandHouse house) : IClassFixture<ErrandHouse>, IAsyncLifetime
{
    private const string Header = "fault,photo,listing,detail";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("travel-photos-");
    private readonly List<Photo> photos = [];
    private Guid listing;

    public async Task InitializeAsync()
    {
        await using var db = house.Database();
        listing = (await db.AddPlaceAsync()).Id;
    }

    public async Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        await using var db = house.Database();
        await db.Photos.ExecuteDeleteAsync();
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_picture_is_found_and_what_is_as_it_should_be_is_not()
    {
        var picture = Pictures.Png(4, 3);
        await PhotoAsync(picture, kept: picture, hash: SHA256.HashData(picture));
        await PhotoAsync(Pictures.Jpeg(), kept: Pictures.Jpeg(), mediaType: "image/jpeg", width: 1, height: 1);
        var missing = await PhotoAsync(picture, kept: null);
        var cutOff = await PhotoAsync(picture, kept: picture[..^1]);
        var spoiled = await PhotoAsync(picture, kept: new byte[picture.Length]);
        var rotten = await PhotoAsync(picture, kept: [.. picture[..^1], 0], hash: SHA256.HashData(picture));
        var different = await PhotoAsync(picture, kept: picture, width: 40);
        var written = Pictures.Png(4, 3, Pictures.Chunk("tEXt", [.. "GPS 9.0192 N"u8]));
        var unclean = await PhotoAsync(written, kept: written);
        var unreadable = await PhotoAsync(picture, kept: null);
        // Read as a file, a folder is refused like one that the disk cannot read any more.
        folder.CreateSubdirectory(Path.Combine($"{unreadable:N}"[^2..], $"{unreadable:N}"));
        var (orphaned, young) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await KeepAsync(orphaned, [1, 2, 3]);
        await KeepAsync(young, [1, 2, 3], age: PrunePhotos.Young - TimeSpan.FromMinutes(1));
        await SaveAsync();

        var (summary, lines) = await CheckAsync();

        lines.ShouldBe(
        [
            $"missing,{missing},{listing},There is no picture",
            $"broken,{cutOff},{listing},{picture.Length - 1} bytes and not {picture.Length}",
            $"broken,{spoiled},{listing},Not a complete picture",
            $"broken,{rotten},{listing},Not the picture that was uploaded",
            $"different,{different},{listing},image/png of 4 × 3 and not image/png of 40 × 3",
            $"unclean,{unclean},{listing},{written.Length - picture.Length} bytes beside the picture",
            $"unreadable,{unreadable},{listing},UnauthorizedAccessException",
            $"orphaned,{orphaned},,3 bytes that no photo shows",
        ], ignoreOrder: true);
        summary.ShouldBe("9 photos and 8 pictures were looked at. 1 missing, 1 unreadable, 3 broken, 1 different, 1 unclean, 1 orphaned.");
        folder.EnumerateFiles("*", SearchOption.AllDirectories).Count().ShouldBe(9, "It mends nothing.");
    }

    [Fact]
    public async Task Where_nothing_is_wrong_it_says_so()
    {
        var (summary, lines) = await CheckAsync();

        lines.ShouldBeEmpty();
        summary.ShouldBe("0 photos and 0 pictures were looked at. Nothing is wrong.");
    }

    [Fact]
    public async Task However_many_photos_there_are_each_is_looked_at()
    {
        const int Many = 450;
        for (var number = 0; number < Many; number++)
        {
            await PhotoAsync([1], kept: null);
        }

        await SaveAsync();

        var (summary, lines) = await CheckAsync();

        lines.Select(line => line.Split(',')[1]).ShouldBe(photos.Select(photo => $"{photo.Id}"), ignoreOrder: true);
        summary.ShouldBe($"{Many} photos and 0 pictures were looked at. {Many} missing.");
    }

    [Fact]
    public async Task A_check_that_is_cut_off_goes_on_where_it_was_and_finds_each_fault_once()
    {
        const int Many = 250;
        for (var number = 0; number < Many; number++)
        {
            await PhotoAsync([1], kept: null);
        }

        var (orphan, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await KeepAsync(orphan, [1, 2, 3]);
        await KeepAsync(other, [1, 2, 3]);
        await SaveAsync();
        var id = await house.RequestAsync();

        // Counted, and one of two chunks read, with each of its photos asked for once more; the first photo was noted.
        await Should.ThrowAsync<InvalidOperationException>(() => CheckAsync(id, new DiesReading("listing_photos", reads: 1 + 1 + 200)));
        var waiting = await house.FindAsync(id);
        var (summary, lines) = await CheckAsync(id);

        (waiting.State, waiting.StepsDone, waiting.Steps).ShouldBe((ErrandState.Waiting, 1, Many + IPhotoStore.Parts));
        lines.Select(line => line.Split(',')[1]).ShouldBe(photos.Select(photo => $"{photo.Id}").Concat([$"{orphan}", $"{other}"]), ignoreOrder: true);
        summary.ShouldBe($"{Many} photos and 2 pictures were looked at. {Many} missing, 2 orphaned.");
    }

    [Fact]
    public async Task A_check_that_is_cut_off_among_the_pictures_lists_only_the_folders_that_are_left()
    {
        var (first, last) = (InPart(0x00), InPart(0xfe));
        await KeepAsync(first, [1, 2, 3]);
        await KeepAsync(last, [1, 2, 3]);
        var id = await house.RequestAsync();

        // Counted, no photo found, and the pictures of the first folder looked up; those of the other one are not any more.
        await Should.ThrowAsync<InvalidOperationException>(() => CheckAsync(id, new DiesReading("listing_photos", reads: 1 + 1 + 1)));
        var waiting = await house.FindAsync(id);
        var (summary, lines) = await CheckAsync(id);

        (waiting.State, waiting.StepsDone, waiting.Steps).ShouldBe((ErrandState.Waiting, 1, IPhotoStore.Parts));
        lines.Select(line => line.Split(',')[1]).ShouldBe([$"{first}", $"{last}"]);
        summary.ShouldBe("0 photos and 2 pictures were looked at. 2 orphaned.");

        static Guid InPart(byte part) => new([.. Guid.CreateVersion7().ToByteArray()[..^1], part]);
    }

    /// <param name="picture">What was uploaded.</param>
    /// <param name="kept">What is there by now; null when nothing is.</param>
    private async Task<Guid> PhotoAsync(byte[] picture, byte[]? kept, string mediaType = "image/png", int width = 4, int height = 3, byte[]? hash = null)
    {
        var photo = new Photo
        {
            Id = Guid.CreateVersion7(), ListingId = listing, Position = photos.Count, Caption = "", MediaType = mediaType, Width = width, Height = height,
            SizeBytes = picture.Length, ContentHash = hash, CreatedAt = house.Clock.Now,
        };
        photos.Add(photo);
        if (kept is not null)
        {
            await KeepAsync(photo.Id, kept);
        }

        return photo.Id;
    }

    private async Task KeepAsync(Guid id, byte[] content, TimeSpan? age = null)
    {
        await Store().SaveAsync(id, content, CancellationToken.None);
        folder.EnumerateFiles(id.ToString("N"), SearchOption.AllDirectories).Single().LastWriteTimeUtc =
            (house.Clock.Now - (age ?? PrunePhotos.Young + TimeSpan.FromMinutes(1))).UtcDateTime;
    }

    private async Task SaveAsync()
    {
        await using var db = house.Database();
        db.Photos.AddRange(photos);
        await db.SaveChangesAsync();
    }

    private DiskPhotoStore Store() => new(Options.Create(new PhotoOptions { Folder = folder.FullName }));

    private async Task<(string? Summary, IReadOnlyList<string> Lines)> CheckAsync() => await CheckAsync(await house.RequestAsync());

    private async Task<(string? Summary, IReadOnlyList<string> Lines)> CheckAsync(Guid id, DiesReading? meanwhile = null)
    {
        var errand = await house.RunAsync(id, db => new PhotoCheck(db, Store(), house.Clock), meanwhile: meanwhile);
        errand.State.ShouldBe(ErrandState.Done, errand.LastError);
        var lines = (await house.FileAsync(id)).Split("\r\n");
        lines[0].ShouldBe(Header);
        return (errand.Summary, lines[1..^1]);
    }
}
