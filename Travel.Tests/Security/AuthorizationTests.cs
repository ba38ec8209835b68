using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Reviews;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Security;

/// <summary>Every endpoint that the running Api documents, asked by everybody there is.</summary>
[Collection(TravelGraph.Collection)]
public sealed class AuthorizationTests(TravelGraph graph)
{
    private const string Prefix = "/api/v1";
    private static readonly string[] Callers = ["nobody", "the guest", "another guest", "the host", "another host", "the operator"];

    [Fact]
    public async Task Every_endpoint_has_a_line_in_the_table_and_every_line_an_endpoint()
    {
        using var visitor = graph.Visitor();
        var document = (await visitor.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;

        var operations = document.Operations()
            .Select(operation => $"{operation.Method.ToLowerInvariant()} {operation.Path.Replace(Prefix, "", StringComparison.Ordinal)}").ToList();

        operations.Except(AuthorizationTable.Entries.Select(entry => entry.Operation), StringComparer.Ordinal).ShouldBeEmpty("endpoints that the table lacks");
        AuthorizationTable.Entries.Select(entry => entry.Operation).Except(operations, StringComparer.Ordinal).ShouldBeEmpty("lines without an endpoint");
    }

    [Fact]
    public async Task Everybody_gets_what_the_table_says()
    {
        var faults = new List<string>();
        foreach (var entry in AuthorizationTable.Entries)
        {
            var scene = await SceneAsync(entry);
            var answers = new List<string>();
            foreach (var caller in scene.Callers)
            {
                using var client = caller is null ? graph.Visitor() : graph.As(caller);
                using var answer = await client.SendAsync(RequestOf(entry, scene));
                ((int)answer.StatusCode).ShouldBeLessThan(500, entry.Operation + ": " + await answer.Content.ReadAsStringAsync());
                answers.Add(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound ? $"{(int)answer.StatusCode}" : "ok");
            }

            faults.AddRange(entry.Answers.Split(' ').Zip(answers, Callers)
                .Where(seen => seen.First != seen.Second)
                .Select(seen => $"{entry.Operation}: {seen.Third} got {seen.Second} and not {seen.First}"));
            await HideAsync(scene);
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void Every_line_speaks_of_every_caller() =>
        AuthorizationTable.Entries.ShouldAllBe(entry => entry.Answers.Split(' ', StringSplitOptions.None).Length == Callers.Length);

    private static HttpRequestMessage RequestOf(AuthorizationTable.Entry entry, Scene scene)
    {
        var parts = entry.Operation.Split(' ');
        var path = parts[1]
            .Replace("{idOrSlug}", scene.Listing.Slug, StringComparison.Ordinal)
            .Replace("{id}", $"{IdIn(parts[1], scene)}", StringComparison.Ordinal)
            .Replace("{photoId}", $"{scene.PhotoId}", StringComparison.Ordinal)
            .Replace("{blockId}", $"{scene.BlockId}", StringComparison.Ordinal)
            .Replace("{importId}", $"{scene.ImportId}", StringComparison.Ordinal)
            .Replace("{name}", "heartbeat", StringComparison.Ordinal);
        path += entry.Operation == "get /listings/{id}/calendar.ics" ? "?token=" + scene.CalendarToken : "";
        var request = new HttpRequestMessage(new HttpMethod(parts[0].ToUpperInvariant()), Prefix + path);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.Add("If-Match", "*");
        request.Content = entry.Body switch
        {
            null => null,
            AuthorizationTable.APicture => Hosts.PhotoForm(Pictures.Png(4, 3)),
            var body => new StringContent(
                body.Replace("{listing}", $"{scene.Listing.Id}", StringComparison.Ordinal), new MediaTypeHeaderValue("application/json")),
        };
        return request;
    }

    /// <summary>Whose id it is that a path begins with.</summary>
    private static Guid IdIn(string path, Scene scene) => path switch
    {
        _ when path.StartsWith("/photos", StringComparison.Ordinal) => scene.PhotoId,
        // Test sessions have the id of their person.
        _ when path.StartsWith("/sessions", StringComparison.Ordinal) => scene.Booking.GuestId,
        _ when path.Contains("/listings", StringComparison.Ordinal) => scene.Listing.Id,
        _ => scene.Booking.Id,
    };

    /// <summary>People of their own for each endpoint, so that what one does to them is not in the way of another.</summary>
    private async Task<Scene> SceneAsync(AuthorizationTable.Entry entry)
    {
        var people = await graph.PersonsAsync(Role.Guest, Role.Guest, Role.Host, Role.Host, Role.Operator);
        var listing = await graph.HiddenListingAsync(people[2]);
        var booking = await graph.StayAsync(listing, people[0], entry.Stay);
        var now = TimeProvider.System.GetUtcNow();
        var block = new HostBlock { Id = Guid.CreateVersion7(now), ListingId = listing.Id, FromOn = new(2030, 1, 1), ToOn = new(2030, 1, 2), CreatedAt = now };
        var import = new CalendarImport
        {
            // A name that never resolves (RFC 2606).
            Id = Guid.CreateVersion7(now), ListingId = listing.Id, Name = "Elsewhere", Url = "https://calendar.invalid/stays.ics", CreatedAt = now, DueAt = now.AddYears(1), Notes = [],
        };
        var calendar = CalendarToken.Issue(listing.Id, now);
        await using var db = await graph.DatabaseAsync();
        await db.Listings.Where(row => row.Id == listing.Id).ExecuteUpdateAsync(row => row
            .SetProperty(published => published.Status, ListingStatus.Published)
            // Not one of those that other tests book.
            .SetProperty(published => published.MinNights, 2));
        db.HostBlocks.Add(block);
        db.CalendarImports.Add(import);
        db.CalendarTokens.Add(calendar.Row);
        if (entry.IsReviewed)
        {
            db.Reviews.Add(new Review
            {
                Id = Guid.CreateVersion7(now), BookingId = booking.Id, ListingId = listing.Id, GuestId = people[0].Id, Rating = 5, Text = "Good.", CreatedAt = now,
                Reply = entry.IsReplied ? "Thanks." : null, RepliedAt = entry.IsReplied ? now : null,
            });
        }

        await db.SaveChangesAsync();
        var photo = entry.Operation.Contains("photo", StringComparison.Ordinal) ? await PhotoAsync(people[2], listing) : Guid.Empty;
        return new Scene([null, .. people], listing, booking, photo, block.Id, import.Id, calendar.Token);
    }

    private async Task<Guid> PhotoAsync(User host, Listing listing)
    {
        using var client = graph.As(host);
        using var answer = await client.AddPhotoAsync(listing.Id, Pictures.Png(4, 3));
        return (await answer.ReadAsync<ListingPhoto>(HttpStatusCode.Created)).Id;
    }

    private async Task HideAsync(Scene scene)
    {
        await using var db = await graph.DatabaseAsync();
        await db.Listings.Where(row => row.Id == scene.Listing.Id).ExecuteUpdateAsync(row => row.SetProperty(hidden => hidden.Status, ListingStatus.Archived));
    }

    private sealed record Scene(
        IReadOnlyList<User?> Callers, Listing Listing, Booking Booking, Guid PhotoId, Guid BlockId, Guid ImportId, string CalendarToken);
}
