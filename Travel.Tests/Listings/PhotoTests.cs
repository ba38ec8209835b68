using System.Buffers.Binary;
using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using Travel.Api.Listings.Hosting;
using Travel.Api.Listings.Photos;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Listings;

[Collection(TravelGraph.Collection)]
public sealed class PhotoTests(TravelGraph graph)
{
    [Fact]
    public async Task A_photo_is_served_as_what_it_is_for_ever_and_without_what_the_camera_wrote_into_it()
    {
        using var host = await graph.HostAsync();
        using var visitor = graph.Visitor();
        var draft = await host.DraftAsync();

        var photo = await AddedAsync(host, draft.Id, Pictures.Jpeg(Pictures.Exif(1, "GPS 9.0192 N")), "The view");

        (photo.Caption, photo.Width, photo.Height).ShouldBe(("The view", 1, 1));
        using var answer = await visitor.GetAsync(photo.Url);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Pictures.Jpeg());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);

        visitor.DefaultRequestHeaders.Add("If-None-Match", answer.Headers.ETag!.ToString());
        using var known = await visitor.GetAsync(photo.Url);
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task The_site_shows_photos_from_its_own_address()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var photo = await AddedAsync(host, draft.Id, Pictures.Png(3, 2));
        using var browser = new HttpClient { BaseAddress = graph.Web };

        using var answer = await browser.GetAsync($"/photos/{photo.Id}");
        using var missing = await browser.GetAsync($"/photos/{Guid.NewGuid()}");

        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Pictures.Png(3, 2));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_a_picture_or_too_large_a_one_is_refused_by_what_is_in_it()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var huge = Pictures.Png(1, 1);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(20), 60_000);

        using var script = await host.AddPhotoAsync(draft.Id, Encoding.ASCII.GetBytes("<script>alert(1)</script>"));
        using var empty = await host.AddPhotoAsync(draft.Id, []);
        using var manyPixels = await host.AddPhotoAsync(draft.Id, huge);
        using var lines = await host.AddPhotoAsync(draft.Id, Pictures.Png(1, 1), "Two\nlines");

        await script.ShouldBeInvalidAsync("file");
        await empty.ShouldBeInvalidAsync("file");
        await manyPixels.ShouldBeInvalidAsync("file");
        await lines.ShouldBeInvalidAsync("caption");
    }

    [Theory]
    [InlineData((10 * 1024 * 1024) + 1)]
    [InlineData(12 * 1024 * 1024)]
    public async Task A_file_of_too_many_bytes_is_refused_as_too_large(int bytes)
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();

        using var answer = await host.AddPhotoAsync(draft.Id, new byte[bytes]);

        await answer.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_repeated_upload_adds_one_photo()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var key = Guid.NewGuid().ToString();

        using var first = await host.AddPhotoAsync(draft.Id, Pictures.Png(2, 1), key: key);
        using var second = await host.AddPhotoAsync(draft.Id, Pictures.Png(2, 1), key: key);
        using var other = await host.AddPhotoAsync(draft.Id, Pictures.Png(1, 2), key: key);

        var photo = await first.ReadAsync<ListingPhoto>(HttpStatusCode.Created);
        (await second.ReadAsync<ListingPhoto>(HttpStatusCode.Created)).ShouldBe(photo);
        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await host.GetFromJsonAsync<HostListing>($"/api/v1/host/listings/{draft.Id}", TravelJson.Options))!.Photos.ShouldHaveSingleItem();
        (await host.GetByteArrayAsync(photo.Url)).ShouldBe(Pictures.Png(2, 1));
    }

    [Fact]
    public async Task A_photo_of_which_it_got_lost_that_it_was_saved_keeps_its_picture()
    {
        var host = await graph.PersonAsync(Role.Host);
        var draft = await graph.DraftAsync(host.Id);
        var lost = new LostWord();
        var database = new DbContextOptionsBuilder<TravelDbContext>()
            .UseNpgsql(await graph.App.GetConnectionStringAsync(ResourceNames.Database)).AddInterceptors(lost);
        DatabaseClient.Configure(database);
        await using var db = new TravelDbContext(database.Options);
        var folder = Directory.CreateTempSubdirectory("travel-photos-");
        var options = Options.Create(new PhotoOptions { Folder = folder.FullName });
        var store = new DiskPhotoStore(options);
        var addPhoto = new AddPhoto(db, new ChangeListing(db, TimeProvider.System), store, options, TimeProvider.System);

        var outcome = await addPhoto.ExecuteAsync(host.Id, draft.Id, Pictures.Png(2, 1), "", "key", CancellationToken.None);

        lost.Times.ShouldBe(1);
        await using (var picture = store.Open(outcome.ShouldBeOfType<ListingOutcome.PhotoAdded>().Photo.Id))
        {
            picture.ShouldNotBeNull();
        }

        (await db.Photos.CountAsync(photo => photo.ListingId == draft.Id)).ShouldBe(1);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_upload_that_is_cut_off_is_refused()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        using var form = Hosts.PhotoForm(Pictures.Png(2, 1));
        var whole = await form.ReadAsByteArrayAsync();
        foreach (var left in new[] { whole.Length - 6, whole.AsSpan().IndexOf("IDAT"u8) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/listings/{draft.Id}/photos") { Content = new ByteArrayContent(whole[..left]) };
            request.Content.Headers.ContentType = form.Headers.ContentType;
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

            using var answer = await host.SendAsync(request);

            await answer.ShouldBeInvalidAsync("body");
        }
    }

    [Fact]
    public async Task Whose_listing_it_is_is_asked_before_a_file_is_read()
    {
        using var host = await graph.HostAsync();
        using var other = await graph.HostAsync();
        var draft = await host.DraftAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/listings/{draft.Id}/photos") { Content = new StringContent("no form at all") };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "b") } };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var answer = await other.SendAsync(request);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_host_orders_photos_and_removes_one_and_the_first_one_stands_for_the_listing()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var added = new List<ListingPhoto>();
        for (var width = 1; width <= 3; width++)
        {
            added.Add(await AddedAsync(host, draft.Id, Pictures.Png(width, 1)));
        }

        using var arranged = await host.PutAsync(
            $"/api/v1/listings/{draft.Id}/photos", new PhotoArrangement([new(added[2].Id, "The door"), new(added[0].Id, ""), new(added[1].Id, "")]), "*");
        using var removed = await host.DeleteAsync($"/api/v1/listings/{draft.Id}/photos/{added[0].Id}");

        (await arranged.ReadAsync<HostListing>(HttpStatusCode.OK)).Photos.Select(photo => photo.Width).ShouldBe([3, 1, 2]);
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var left = (await host.GetFromJsonAsync<HostListing>($"/api/v1/host/listings/{draft.Id}", TravelJson.Options))!.Photos;
        left.Select(photo => (photo.Width, photo.Caption)).ShouldBe([(3, "The door"), (2, "")]);
        (await host.GetFromJsonAsync<Page<HostListingSummary>>("/api/v1/host/listings", TravelJson.Options))!.Items[0].PhotoUrl.ShouldBe(left[0].Url);
        using var gone = await host.GetAsync(added[0].Url);
        await gone.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var again = await host.DeleteAsync($"/api/v1/listings/{draft.Id}/photos/{added[0].Id}");
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_order_names_each_photo_once()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var (one, two) = (await AddedAsync(host, draft.Id, Pictures.Png(1, 1)), await AddedAsync(host, draft.Id, Pictures.Png(2, 1)));
        foreach (var order in new Guid[][] { [], [one.Id], [one.Id, one.Id], [one.Id, two.Id, Guid.NewGuid()] })
        {
            using var answer = await host.PutAsync($"/api/v1/listings/{draft.Id}/photos", new PhotoArrangement([.. order.Select(id => new ArrangedPhoto(id, ""))]), "*");
            await answer.ShouldBeInvalidAsync("photos");
        }
    }

    [Fact]
    public async Task Photos_that_are_uploaded_at_once_all_find_a_place()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(width => host.AddPhotoAsync(draft.Id, Pictures.Png(width, 1))));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        (await host.GetFromJsonAsync<HostListing>($"/api/v1/host/listings/{draft.Id}", TravelJson.Options))!.Photos
            .Select(photo => photo.Width).Order().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    private static async Task<ListingPhoto> AddedAsync(HttpClient host, Guid listingId, byte[] file, string caption = "")
    {
        using var answer = await host.AddPhotoAsync(listingId, file, caption);
        return await answer.ReadAsync<ListingPhoto>(HttpStatusCode.Created);
    }

    /// <summary>The connection breaks after a photo is committed and before anybody hears of it, once.</summary>
    private sealed class LostWord : DbTransactionInterceptor
    {
        public int Times { get; private set; }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (Times > 0 || !eventData.Context!.ChangeTracker.Entries<Photo>().Any())
            {
                return Task.CompletedTask;
            }

            Times++;
            throw new NpgsqlException("The connection broke.", new IOException());
        }
    }
}
