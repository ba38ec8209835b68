using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Travel.Api.Bookings;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

[Collection(DatabaseServer.Collection)]
public sealed class BookingReadsTests : IClassFixture<BookingHouse>
{
    private readonly BookingHouse house;

    public BookingReadsTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Theory]
    [InlineData(BookingParty.Guest)]
    [InlineData(BookingParty.Host)]
    public async Task A_page_of_bookings_is_one_query_whatever_its_size(BookingParty party)
    {
        var place = await house.PlaceAsync();
        for (var index = 0; index < 6; index++)
        {
            await house.BookAsync(place, 10 + (3 * index), 2);
        }

        foreach (var size in new[] { 1, 3, 6 })
        {
            var (rows, queries) = await CountAsync(db => BookingReads.FindAsync(
                db, party == BookingParty.Host ? place.Host.Id : place.Guest.Id, party, [], Guid.Empty, size, CancellationToken.None));

            rows.Count.ShouldBe(size);
            queries.ShouldBe(1);
        }
    }

    [Fact]
    public async Task One_booking_is_two_queries_and_its_timeline_one()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 2);
        for (var nights = 3; nights < 6; nights++)
        {
            await house.ChangeAsync(place, stay.Id, 10, nights);
        }

        (await CountAsync(db => BookingReads.GetAsync(db, stay.Id, new Caller(place.Guest.Id), CancellationToken.None))).Queries.ShouldBe(2);
        var (entries, queries) = await CountAsync(db => BookingReads.TimelineAsync(db, stay.Id, BookingParty.Guest, Guid.Empty, 20, CancellationToken.None));
        entries.Count.ShouldBe(4);
        queries.ShouldBe(1);
    }

    private async Task<(T Answer, int Queries)> CountAsync<T>(Func<TravelDbContext, Task<T>> read)
    {
        var counter = new Counter();
        await using var db = new TravelDbContext(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(house.Database).AddInterceptors(counter).Options);
        var answer = await read(db);
        return (answer, counter.Queries);
    }

    private sealed class Counter : DbCommandInterceptor
    {
        public int Queries { get; private set; }

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Queries++;
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Queries++;
            return ValueTask.FromResult(result);
        }
    }
}
