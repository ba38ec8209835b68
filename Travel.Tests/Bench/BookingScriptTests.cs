using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Travel.Bench.Bookings;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bench;

/// <summary>pgbench is a yardstick for bookings only as long as it asks what they ask.</summary>
[Collection(CacheServers.Collection)]
public sealed partial class BookingScriptTests(CacheServers servers) : IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);

    private TravelDbContext db = null!;
    private Place place = null!;

    public async Task InitializeAsync()
    {
        db = await SeededDatabase.EmptyAsync(servers, $"script_{Guid.NewGuid():N}");
        place = await db.AddPlaceAsync();
        db.Sessions.Add(new Session { Id = place.Guest.Id, UserId = place.Guest.Id, CreatedAt = place.Guest.CreatedAt, LastUsedAt = place.Guest.CreatedAt });
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        await db.Database.EnsureDeletedAsync();
        await db.DisposeAsync();
    }

    [Fact]
    public async Task Pgbench_asks_of_the_same_tables_in_the_same_order_and_in_as_many_round_trips_as_a_booking_over_http()
    {
        await using var api = new ApiInProcess(
            ApiInProcess.Settings(db.Database.GetConnectionString()!, await servers.RedisAddressAsync(), await servers.BrokerAddressAsync()), new QueryPlans());
        using var guest = api.SignedIn(place.Guest.Id, Role.Guest);

        var asked = await AskedAsync(async trace =>
        {
            guest.DefaultRequestHeaders.Add("traceparent", trace);
            guest.DefaultRequestHeaders.Add("Idempotency-Key", $"{Guid.NewGuid()}");
            var stay = new BookStayRequest(place.Id, Today.AddDays(30), Today.AddDays(32), Guests: 1);
            using var booked = await guest.PostAsJsonAsync("/api/v1/bookings", stay, TravelJson.Options);
            booked.StatusCode.ShouldBe(HttpStatusCode.Created);
        });

        RoundTrips(PgBench.Script).ShouldBe(asked.ConvertAll(Names));
    }

    /// <summary>Of the script: what stands in a pipeline goes at once, every other statement by itself.</summary>
    private static List<string> RoundTrips(string script) =>
        [.. RoundTrip().Matches(Comment().Replace(script, "")).Select(trip => Names(trip.Value)).Where(names => names.Length > 0)];

    /// <summary>What is done to which tables, and which locks are taken.</summary>
    private static string Names(string sql) => string.Join(", ", Name().Matches(sql).Select(name => name.Value));

    /// <summary>What Npgsql tells of in its traces: one activity for each command or batch; the commit has none.</summary>
    private static async Task<List<string>> AskedAsync(Func<string, Task> work)
    {
        using var own = new Activity("booking").SetIdFormat(ActivityIdFormat.W3C).Start();
        own.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        var asked = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Without a text it is a connection that is opened.
                if (activity.TraceId == own.TraceId && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
                {
                    lock (asked)
                    {
                        asked.Add(text);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work(own.Id!);
        return asked;
    }

    [GeneratedRegex("--.*", RegexOptions.None, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\\startpipeline$.*?^\\endpipeline$|^[A-Z].*?;$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex RoundTrip();

    [GeneratedRegex(@"\b(FROM|JOIN|INTO|UPDATE) [a-z_]+|\bset_config\b|\bpg_[a-z_]+(?=\()|FOR KEY SHARE", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
