using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Domain.Calendars;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Availability;

[Collection(TravelGraph.Collection)]
public sealed class CalendarFileTests(TravelGraph graph)
{
    [Fact]
    public async Task Whoever_has_the_link_learns_which_nights_are_taken_and_nothing_else()
    {
        using var place = await HostedPlace.AtAsync(graph);
        var person = await graph.PersonAsync();
        using var guest = graph.As(person);
        using var nobody = graph.Anonymous();
        var booking = await guest.BookedAsync(place.Stay(HostedPlace.Nights(20, 22)) with { Note = "A secret of two" });
        await place.BlockedAsync(HostedPlace.Nights(22, 24), "Painting");
        var issued = await IssueAsync(place);

        using var answer = await nobody.GetAsync(issued.Path);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var calendar = await answer.Content.ReadAsStringAsync();
        calendar.ShouldContain($"DTSTART;VALUE=DATE:{CalendarText.Date(booking.CheckIn)}\r\nDTEND;VALUE=DATE:{CalendarText.Date(booking.CheckOut)}\r\n");
        calendar.Split("BEGIN:VEVENT").Length.ShouldBe(3);
        foreach (var secret in new[] { booking.Reference, booking.Id.ToString(), booking.Id.ToString("N"), "secret", "Painting", person.DisplayName, person.Email! })
        {
            calendar.ShouldNotContain(secret);
        }

        Uids(await nobody.GetStringAsync(issued.Path)).ShouldBe(Uids(calendar));
    }

    [Fact]
    public async Task What_another_calendar_says_is_not_said_again()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        await place.BlockedAsync(HostedPlace.Nights(20, 22));
        elsewhere.Says(HostedPlace.Nights(30, 32));
        var import = await place.ImportedAsync(elsewhere.Url);
        using var refreshed = await place.Host.PostAsync($"{place.Path}/imports/{import.Id}/refresh", content: null);
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 22), HostedPlace.Nights(30, 32));

        var calendar = await place.Host.GetStringAsync((await IssueAsync(place)).Path);

        calendar.Split("\r\n").Where(line => line.StartsWith("DTSTART", StringComparison.Ordinal))
            .ShouldBe([$"DTSTART;VALUE=DATE:{CalendarText.Date(HostedPlace.Nights(20, 22).From)}"]);
    }

    [Fact]
    public async Task A_link_that_was_revoked_or_replaced_leads_nowhere()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var nobody = graph.Anonymous();
        var first = await IssueAsync(place);
        var second = await IssueAsync(place);
        (await nobody.GetAsync(second.Path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldLeadNowhereAsync(nobody, first.Path, $"{place.Path}/calendar.ics", $"{place.Path}/calendar.ics?token=", second.Path[..^1], second.Path + "A");

        using var revoked = await place.Host.DeleteAsync($"{place.Path}/calendar-token");

        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await ShouldLeadNowhereAsync(nobody, first.Path, second.Path);
    }

    [Fact]
    public async Task The_token_is_kept_as_a_hash_and_no_span_tells_it()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var nobody = graph.Anonymous();
        var issued = await IssueAsync(place);
        var trace = Guid.NewGuid().ToString("N");
        using var request = new HttpRequestMessage(HttpMethod.Get, issued.Path) { Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } } };

        using var answer = await nobody.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var spans = await Eventually.GetAsync(
            () => graph.Telemetry.SpansOfAsync(trace), seen => seen.Any(span => span.Name.Contains("calendar.ics", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), "the trace");
        spans.ShouldAllBe(span => !span.Name.Contains(issued.Token) && !span.Attributes.Contains(issued.Token));
        await using var db = await graph.DatabaseAsync();
        (await db.CalendarTokens.SingleAsync(token => token.ListingId == place.Id)).TokenHash.ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(issued.Token)));
    }

    private static async Task ShouldLeadNowhereAsync(HttpClient client, params string[] paths)
    {
        foreach (var path in paths)
        {
            using var missing = await client.GetAsync(path);
            await missing.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    private static async Task<CalendarTokenResponse> IssueAsync(HostedPlace place)
    {
        using var answer = await place.Host.PutAsync($"{place.Path}/calendar-token", content: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<CalendarTokenResponse>(TravelJson.Options))!;
    }

    private static IEnumerable<string> Uids(string calendar) => calendar.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal));
}
