using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

[Collection(DatabaseServer.Collection)]
public sealed class RoundTripTests(BookingHouse house) : IClassFixture<BookingHouse>
{
    /// <summary>All that is to be known; and all that is written. The commit comes on top.</summary>
    private const int ToBook = 2;

    [Fact]
    public async Task A_stay_is_booked_in_a_handful_of_questions_to_the_database()
    {
        var place = await house.PlaceAsync();
        await house.BookAsync(place, fromToday: 10, nights: 2);

        var asked = await AskedAsync(() => house.BookAsync(place, fromToday: 20, nights: 2));

        asked.Count.ShouldBe(ToBook, string.Join(Environment.NewLine, asked));
    }

    [Fact]
    public async Task What_stands_behind_a_lock_sees_what_its_holder_has_written()
    {
        const long Lock = 4711;
        await house.AskAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TABLE written (what integer)"));
        await using var holder = await house.Database.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, $"SELECT pg_advisory_xact_lock({Lock}); INSERT INTO written VALUES (7)");

        var seen = house.AskAsync(db => db.InTransactionAsync(
            token => db.AskAsync(ReadLastAsync, token, $"SELECT pg_advisory_xact_lock({Lock})", $"SELECT what FROM written WHERE what = {7}"), CancellationToken.None));
        await Eventually.GetAsync(
            () => house.AskAsync(db => db.Database
                .SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = {Lock}::int::oid").SingleAsync()),
            waiting => waiting == 1,
            TimeSpan.FromSeconds(10),
            "Somebody waits for the lock");
        await transaction.CommitAsync();

        (await seen).ShouldBe(7);
    }

    [Fact]
    public async Task A_query_that_goes_without_the_statements_before_it_is_a_mistake() =>
        await Should.ThrowAsync<InvalidOperationException>(() => house.AskAsync(db => db.AskAsync(ReadLastAsync, () => Task.FromResult(0), $"SELECT 1", $"SELECT 2")));

    [Fact]
    public async Task Statements_go_before_one_query_and_no_other()
    {
        await house.PlaceAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => house.AskAsync(
            db => db.AskAsync(ReadLastAndOnAsync, () => db.Listings.WithRates().AsSplitQuery().ToListAsync(), $"SELECT 1", $"SELECT 2")));

        static async Task<int?> ReadLastAndOnAsync(NpgsqlDataReader results)
        {
            var last = await ReadLastAsync(results);
            await results.NextResultAsync();
            return last;
        }
    }

    private static async Task<int?> ReadLastAsync(NpgsqlDataReader results)
    {
        await results.NextResultAsync();
        return await results.ReadAsync() ? results.GetInt32(0) : null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What Npgsql tells of in its traces: one activity for each command or batch.</summary>
    private static async Task<IReadOnlyList<string>> AskedAsync(Func<Task> work)
    {
        using var own = new Activity("booking").Start();
        var asked = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == own.TraceId)
                {
                    lock (asked)
                    {
                        asked.Add($"{activity.DisplayName}: {activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")}");
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return asked;
    }
}
