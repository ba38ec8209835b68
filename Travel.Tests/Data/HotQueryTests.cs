using System.Net.Http.Json;
using System.Text.Json;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Domain.Messaging;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;
using Xunit.Abstractions;

namespace Travel.Tests.Data;

/// <summary>What most people ask for most of the time reads few rows in few queries, however many rows there are.</summary>
[Collection(TravelGraph.Outages)]
public sealed class HotQueryTests(LargeDatabase large, ITestOutputHelper output) : IClassFixture<LargeDatabase>
{
    private const string Listing = "/api/v1/listings/" + LargeDatabase.ABusyListing;
    private static readonly DateOnly SomeDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(15);
    private static readonly string Stay = $"checkIn={SomeDay:yyyy-MM-dd}&checkOut={SomeDay.AddDays(2):yyyy-MM-dd}&guests=2";

    [Fact]
    public async Task None_of_the_hottest_requests_reads_more_rows_than_its_answer_needs()
    {
        using var guest = large.Guest();
        using var host = large.Host();
        using var @operator = large.Operator();
        var nextFree = SomeDay.AddDays(200);
        var token = await large.RefreshTokenAsync();

        // Of a page of 20; a stay that is taken, or for too few guests, is read and passed over.
        // Each once where it is found, and once where it is shown.
        await ReadsAsync("the newest listings", 42, () => guest.GetAsync("/api/v1/listings"));
        await ReadsAsync("listings free on dates", 400, () => guest.GetAsync("/api/v1/listings?" + Stay));
        await ReadsAsync("the cheapest listings", 84, () => guest.GetAsync("/api/v1/listings?sort=price"));
        await ReadsAsync("the best rated listings", 42, () => guest.GetAsync("/api/v1/listings?sort=rating"));
        // A place has a hundred; each is read in the index and in the table.
        await ReadsAsync("listings of a place", 250, () => guest.GetAsync("/api/v1/listings?place=City 7"));
        await ReadsAsync("the cheapest stays in a place", 800, () => guest.GetAsync("/api/v1/listings?place=City 7&sort=price&" + Stay));
        await ReadsAsync("listings by words", 10, () => guest.GetAsync("/api/v1/listings?q=stay 99998"));
        // Some are dearer than their price of a night says; all that might be among the cheapest are looked at.
        await ReadsAsync("the cheapest stays of the world", 1000, () => guest.GetAsync("/api/v1/listings?sort=price&" + Stay));
        // There are 555 in it, each of which is read in the index and in the table.
        await ReadsAsync("listings in a box", 1140, () => guest.GetAsync("/api/v1/listings?bbox=6.9,6.9,7.1,7.1"));
        await ReadsAsync("a listing by its slug", 3, () => guest.GetAsync("/api/v1/listings/stay-500"));
        await ReadsAsync("a listing by its id", 2, () => guest.GetAsync(Listing));
        // Each of its 32 stays and blocks is read in the index and in the table.
        await ReadsAsync("the calendar of a listing", 65, () => guest.GetAsync(Listing + "/availability"));
        await ReadsAsync("a quote", 1, () => guest.GetAsync($"{Listing}/quote?{Stay}"));
        await ReadsAsync("the newest reviews of a listing", 43, () => guest.GetAsync(Listing + "/reviews"));
        // Its foreign keys among them.
        await ReadsAsync("booking a stay", 12, () => guest.BookAsync(
            new BookStayRequest(Guid.Parse(LargeDatabase.ABusyListing), nextFree = nextFree.AddDays(2), nextFree.AddDays(2), Guests: 1)));
        await ReadsAsync("one booking", 4, () => guest.GetAsync($"/api/v1/bookings/{large.ABooking}"));
        await ReadsAsync("my trips", 63, () => guest.GetAsync("/api/v1/bookings"));
        await ReadsAsync("bookings of my places", 84, () => host.GetAsync("/api/v1/bookings?as=host"));
        await ReadsAsync("the jobs with their last run", Jobs.All.Count, () => @operator.GetAsync("/api/v1/operations/jobs"));
        // Each with its recipient and its booking.
        await ReadsAsync("the newest mails", 63, () => @operator.GetAsync("/api/v1/operations/mails"));
        await ReadsAsync("mails that have failed", 63, () => @operator.GetAsync("/api/v1/operations/mails?status=failed"));
        await ReadsAsync("mails of one kind to one person", 63, () => @operator.GetAsync("/api/v1/operations/mails?kind=booking-confirmed&recipient=guest7@example.org"));
        await ReadsAsync("addresses that get no mail", 21, () => @operator.GetAsync("/api/v1/operations/mail/suppressions"));
        // Each is read in the index and in the table, and with it who settled it.
        await ReadsAsync("dead letters that wait", 42, () => @operator.GetAsync("/api/v1/operations/dead-letters?queue=" + Topology.QueueNames[0]));
        await ReadsAsync("dead letters that are settled", 63, () => @operator.GetAsync("/api/v1/operations/dead-letters?state=dropped"));
        await ReadsAsync("the newest people", 21, () => @operator.GetAsync("/api/v1/operations/users"));
        // There are none, and nobody else has to be looked at to know it.
        await ReadsAsync("the operators", 1, () => @operator.GetAsync("/api/v1/operations/users?role=operator"));
        await ReadsAsync("somebody by address", 1, () => @operator.GetAsync("/api/v1/operations/users?q=guest7@example.org"));
        // Found in the index first, and then read; there are 25.
        await ReadsAsync("people by a part of their name", 50, () => @operator.GetAsync("/api/v1/operations/users?q=bekele"));
        // Each with its host, and with who suspended it.
        await ReadsAsync("the newest places of all hosts", 42, () => @operator.GetAsync("/api/v1/operations/listings"));
        await ReadsAsync("places that are suspended", 63, () => @operator.GetAsync("/api/v1/operations/listings?suspended=true"));
        await ReadsAsync("places that are archived", 63, () => @operator.GetAsync("/api/v1/operations/listings?status=archived"));
        // Found in the index first, and then read; there is one.
        await ReadsAsync("places by a part of the title", 3, () => @operator.GetAsync("/api/v1/operations/listings?q=tay%2091827"));
        await ReadsAsync("a place by its address", 4, () => @operator.GetAsync("/api/v1/operations/listings?q=stay-91827"));
        await ReadsAsync("what is booked at a place", 6, () => @operator.GetAsync("/api/v1/operations/listings/" + LargeDatabase.ABusyListing));
        await ReadsAsync("messages that were refused", 42, () => @operator.GetAsync("/api/v1/operations/outbox"));
        await ReadsAsync("the runs of a job", 42, () => @operator.GetAsync("/api/v1/operations/jobs/heartbeat/runs"));
        await ReadsAsync("the next access token", 9, async () =>
        {
            var answer = await guest.PostAsJsonAsync("/api/v1/sessions/refresh", new RefreshSessionRequest(token));
            token = (await answer.Content.ReadFromJsonAsync<SessionResponse>())!.RefreshToken;
            return answer;
        });
        // With what its triggers do: the place is counted, and the row that is searched in written anew.
        await ReadsAsync("another title of a listing", 30, () => host.PutAsync(Listing, Hosts.Listing(), ifMatch: "*"));
    }

    [Fact]
    public async Task However_long_a_page_it_takes_as_many_queries()
    {
        using var guest = large.Guest();
        using var host = large.Host();
        using var @operator = large.Operator();
        var document = await guest.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var lists =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where operation.Name == "get" && operation.Value.TryGetProperty("parameters", out var parameters)
                && parameters.EnumerateArray().Any(parameter => string.Equals(parameter.GetProperty("name").GetString(), "limit", StringComparison.OrdinalIgnoreCase))
            select path.Name;

        var paths = lists.ToList();
        paths.ShouldNotBeEmpty();
        foreach (var list in paths)
        {
            var path = list.Replace("{id}", list.Contains("/bookings/", StringComparison.Ordinal) ? $"{large.ABooking}" : LargeDatabase.ABusyListing, StringComparison.Ordinal)
                .Replace("{name}", "heartbeat", StringComparison.Ordinal);
            var client = list.Contains("/operations/", StringComparison.Ordinal) ? @operator
                : list.Contains("/host/", StringComparison.Ordinal) || list.EndsWith("/blocks", StringComparison.Ordinal) ? host : guest;
            var few = await QueriesAsync(client, path, limit: 2);
            var many = await QueriesAsync(client, path, limit: 20);
            output.WriteLine($"{list}: {many} queries");
            many.ShouldBe(few, list);
        }
    }

    private async Task<int> QueriesAsync(HttpClient client, string path, int limit)
    {
        await large.ForgetAnswersAsync();
        large.Plans.Forget();
        using var answer = await client.GetAsync($"{path}?limit={limit}");
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync()}");
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").GetArrayLength().ShouldBe(limit, path);
        large.Plans.Ran.ShouldNotBeEmpty();
        return large.Plans.Ran.Count;
    }

    private async Task ReadsAsync(string what, long rowsAtMost, Func<Task<HttpResponseMessage>> ask)
    {
        (await ask()).Dispose();
        await large.ForgetAnswersAsync();
        large.Plans.Forget();
        using var answer = await ask();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{what}: {await answer.Content.ReadAsStringAsync()}");
        var ran = large.Plans.Ran;
        ran.ShouldNotBeEmpty();
        output.WriteLine($"{what}: {ran.Sum(query => query.RowsRead)} rows in {ran.Count} queries");
        ran.Sum(query => query.RowsRead).ShouldBeLessThanOrEqualTo(
            rowsAtMost, $"{what} reads {string.Join("; ", ran.Select(query => $"{query.RowsRead} rows for {query.Sql}"))}");
    }
}
