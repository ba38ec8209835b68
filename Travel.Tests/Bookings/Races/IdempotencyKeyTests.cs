using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings.Races;

/// <summary>What a key is worth to whom, and for how long.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class IdempotencyKeyTests : IClassFixture<BookingHouse>
{
    private readonly BookingHouse house;

    public IdempotencyKeyTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Fact]
    public async Task A_key_is_remembered_for_a_day_and_then_counts_as_unused_even_if_its_row_is_still_there()
    {
        var place = await house.PlaceAsync();
        var first = (await house.TryBookAsync(place, 10, 2, "key")).ShouldBeOfType<BookStayOutcome.Booked>();

        house.Clock.Now = BookingHouse.Now.AddHours(24).AddTicks(-10);
        (await house.TryBookAsync(place, 10, 2, "key")).ShouldBeOfType<BookStayOutcome.Booked>().Booking.Id.ShouldBe(first.Booking.Id);
        (await house.TryBookAsync(place, 20, 2, "key")).ShouldBeOfType<BookStayOutcome.KeyUsedForAnotherRequest>();

        house.Clock.Now = BookingHouse.Now.AddHours(24);
        (await house.TryBookAsync(place, 20, 2, "key")).ShouldBeOfType<BookStayOutcome.Booked>().Booking.Id.ShouldNotBe(first.Booking.Id);
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        var place = await house.PlaceAsync();
        var taken = await house.BookAsync(place, 10, 2);
        (await house.TryBookAsync(place, 10, 2, "again")).ShouldBeOfType<BookStayOutcome.DatesUnavailable>();

        await house.CancelAsync(new Caller(place.Guest.Id), taken.Id);

        (await house.TryBookAsync(place, 10, 2, "again")).ShouldBeOfType<BookStayOutcome.Booked>().IsRepetition.ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_waits_for_a_place_to_be_told_of_a_request_that_is_answered_or_in_flight()
    {
        var place = await house.PlaceAsync();
        var answered = await house.TryBookAsync(place, 10, 2, "answered");
        await using var scope = house.Scope();
        var db = scope.ServiceProvider.GetRequiredService<TravelDbContext>();
        await using var held = await HeldListing.TakeAsync(db, place.Id, house.Database.CreateConnection());
        var waiting = house.TryBookAsync(place, 20, 2, "in flight");
        await held.WaitingAsync();
        // Who is erased, or changes their name.
        await using var person = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"SELECT FROM users WHERE id = {place.Guest.Id} FOR UPDATE");

        (await house.TryBookAsync(place, 20, 2, "in flight")).ShouldBeOfType<BookStayOutcome.InFlight>();
        (await house.TryBookAsync(place, 10, 2, "answered")).ShouldBeOfType<BookStayOutcome.Booked>().Booking.Id
            .ShouldBe(answered.ShouldBeOfType<BookStayOutcome.Booked>().Booking.Id);

        await person.RollbackAsync();
        await held.DisposeAsync();
        (await waiting).ShouldBeOfType<BookStayOutcome.Booked>();
    }

    [Fact]
    public async Task A_place_that_stays_busy_is_given_up_after_a_while_and_nothing_is_done_under_the_key()
    {
        var place = await house.PlaceAsync();
        await using var scope = house.Scope();
        await using (await HeldListing.TakeAsync(scope.ServiceProvider.GetRequiredService<TravelDbContext>(), place.Id, house.Database.CreateConnection()))
        {
            var given = await Should.ThrowAsync<Exception>(() => house.TryBookAsync(place, 10, 2, "busy"));
            given.GetBaseException().ShouldBeOfType<PostgresException>().SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        }

        (await house.TryBookAsync(place, 10, 2, "busy")).ShouldBeOfType<BookStayOutcome.Booked>().IsRepetition.ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_of_two_callers_have_nothing_to_do_with_each_other()
    {
        var (one, another) = (await house.PlaceAsync(), await house.PlaceAsync());

        (await house.TryBookAsync(one, 10, 2, "key-1")).ShouldBeOfType<BookStayOutcome.Booked>();
        (await house.TryBookAsync(another, 20, 2, "key-1")).ShouldBeOfType<BookStayOutcome.Booked>();
    }
}
