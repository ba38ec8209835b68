using Travel.Api.Search;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Search;

[Collection(DatabaseServer.Collection)]
public sealed class FindByDatesTests(SearchHouse house) : IClassFixture<SearchHouse>, IAsyncLifetime
{
    private static readonly DateOnly Day = new(2027, 3, 1);
    private static readonly ListingSearch Stay = ListingSearch.Everything with { CheckIn = Day, CheckOut = Day.AddDays(2) };

    public Task InitializeAsync() => house.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_stay_is_found_for_its_own_today_and_no_longer_for_its_yesterday()
    {
        var inAddis = await house.AddAsync(house.New());
        var inHonolulu = house.New();
        inHonolulu.TimeZone = "Pacific/Honolulu";
        await house.AddAsync(inHonolulu);

        house.Clock.Now = new DateTimeOffset(2027, 3, 1, 20, 59, 0, TimeSpan.Zero);
        (await house.FoundAsync(Stay)).ShouldBe([inHonolulu.Id, inAddis.Id]);
        house.Clock.Now = new DateTimeOffset(2027, 3, 1, 21, 0, 0, TimeSpan.Zero);
        (await house.FoundAsync(Stay)).ShouldBe([inHonolulu.Id]);
        house.Clock.Now = new DateTimeOffset(2027, 3, 2, 10, 0, 0, TimeSpan.Zero);
        (await house.FoundAsync(Stay)).ShouldBeEmpty();
    }
}
