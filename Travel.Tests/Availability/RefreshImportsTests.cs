using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Domain.Availability.Importing;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Availability;

/// <summary>All that is due at once, with more that goes wrong than is fetched at a time.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class RefreshImportsTests(BookingHouse house) : IClassFixture<BookingHouse>, IAsyncLifetime
{
    public Task InitializeAsync() => house.AskAsync(db => db.CalendarImports.ExecuteDeleteAsync());

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Whatever_goes_wrong_with_some_calendars_the_others_have_their_turn()
    {
        var broken = await DueAsync("broken.example", 6);
        var missing = await DueAsync("missing.example", 2);
        house.Resolve = host => host == "broken.example" ? throw new InvalidOperationException("Nobody foresaw this.") : [];

        (await RefreshAsync()).ShouldBe(8);

        var imports = await ImportsAsync();
        imports.ShouldAllBe(import => import.TriedAt == house.Clock.Now && import.DueAt > house.Clock.Now && import.ClaimedUntil == null);
        imports.Where(import => broken.Contains(import.Id)).ShouldAllBe(import => import.Problem!.Contains("on our side"));
        imports.Where(import => missing.Contains(import.Id)).ShouldAllBe(import => import.Problem == "There is no such host.");
        (await RefreshAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_even_be_written_down_is_reported_after_the_others_are_done()
    {
        var stuck = await DueAsync("stuck.example", 6);
        var fine = await DueAsync("fine.example", 2);
        await using (var refuse = house.Database.CreateCommand(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'Not this one.'; END $$;
            CREATE TRIGGER refuse BEFORE UPDATE OF tried_at ON calendar_imports
                FOR EACH ROW WHEN (NEW.url LIKE 'https://stuck.example/%') EXECUTE FUNCTION refuse();
            """))
        {
            await refuse.ExecuteNonQueryAsync();
        }

        var failure = await Should.ThrowAsync<AggregateException>(RefreshAsync);

        failure.InnerExceptions.Count.ShouldBe(6);
        var tried = (await ImportsAsync()).ToLookup(import => import.TriedAt == house.Clock.Now, import => import.Id);
        tried[true].ShouldBe(fine, ignoreOrder: true);
        tried[false].ShouldBe(stuck, ignoreOrder: true);
    }

    private async Task<List<Guid>> DueAsync(string host, int count)
    {
        var place = await house.PlaceAsync();
        return await house.AskAsync(async db =>
        {
            var imports = Enumerable.Range(0, count).Select(number => place.ImportOf($"https://{host}/{number}.ics", house.Clock.Now)).ToList();
            db.CalendarImports.AddRange(imports);
            await db.SaveChangesAsync();
            return imports.ConvertAll(import => import.Id);
        });
    }

    private Task<int> RefreshAsync() => house.DoAsync((RefreshImports refresh) => refresh.ExecuteAsync(CancellationToken.None));

    private Task<List<CalendarImport>> ImportsAsync() => house.AskAsync(db => db.CalendarImports.AsNoTracking().ToListAsync());
}
