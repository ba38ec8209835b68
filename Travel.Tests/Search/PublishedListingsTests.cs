using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Search;

[Collection(DatabaseServer.Collection)]
public sealed class PublishedListingsTests(SearchHouse house) : IClassFixture<SearchHouse>, IAsyncLifetime
{
    public Task InitializeAsync() => house.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Whatever_becomes_of_listings_those_searched_in_are_those_published()
    {
        var (kept, changed, hidden, gone) = (house.New("Kept"), house.New("Changed"), house.New("Hidden"), house.New("Gone"));
        await house.AddAsync([kept, changed, hidden, gone, house.New("Draft", status: ListingStatus.Draft)], []);
        await ShouldBePublishedAsync(kept, changed, hidden, gone);

        await ChangeAsync(hidden, listing => listing.Status = ListingStatus.Archived);
        await ShouldBePublishedAsync(kept, changed, gone);

        await ChangeAsync(changed, listing =>
        {
            (listing.PricePerNightMinorUnits, listing.City, listing.MaxGuests, listing.Amenities) = (777, "Gondar", 9, ["wifi"]);
            listing.Seasons!.Add(new Season
            {
                Id = Guid.CreateVersion7(), ListingId = listing.Id, Name = "Dear", FromOn = new DateOnly(2026, 6, 1), ToOn = new DateOnly(2026, 7, 1), PricePerNightMinorUnits = 999,
            });
        });
        await ShouldBePublishedAsync(kept, changed, gone);

        await house.Db.Listings.Where(listing => listing.Id == gone.Id).ExecuteDeleteAsync();
        await ShouldBePublishedAsync(kept, changed);

        await ChangeAsync(hidden, listing => listing.Status = ListingStatus.Published);
        await ShouldBePublishedAsync(kept, changed, hidden);

        await house.EmptyAsync();
        await ShouldBePublishedAsync();
    }

    [Fact]
    public async Task A_search_is_planned_for_its_values_and_leaves_no_trace_on_its_connection()
    {
        (await PlansAsync(statement => house.Db.SearchAsync(statement, row => row.GetString(0), CancellationToken.None))).ShouldBe(["force_custom_plan"]);

        (await PlansAsync(statement => house.Db.ReadAsync([statement], reader => reader.RowsAsync(row => row.GetString(0), CancellationToken.None), CancellationToken.None)))
            .ShouldBe(["auto"]);

        static Task<List<string>> PlansAsync(Func<SqlStatement, Task<List<string>>> askAsync) => askAsync(new SqlStatement("SELECT current_setting('plan_cache_mode')", []));
    }

    private async Task ChangeAsync(Listing listing, Action<Listing> change)
    {
        change(await house.Db.Listings.WithRates().SingleAsync(found => found.Id == listing.Id));
        await house.Db.SaveChangesAsync();
        house.Db.ChangeTracker.Clear();
    }

    /// <summary>Just these, and in every column as they are.</summary>
    private async Task ShouldBePublishedAsync(params Listing[] listings)
    {
        (await house.Db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM published_listings").ToListAsync())
            .ShouldBe(listings.Select(listing => listing.Id), ignoreOrder: true);
        (await house.Db.Database.SqlQuery<Guid>(
            $"""
            SELECT published.id AS "Value" FROM published_listings published JOIN listings USING (id)
            WHERE to_jsonb(published) <> (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(listings)) WHERE to_jsonb(published) ? key)
            """).ToListAsync()).ShouldBeEmpty();
    }
}
