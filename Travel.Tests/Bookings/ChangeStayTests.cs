using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

[Collection(DatabaseServer.Collection)]
public sealed class ChangeStayTests : IClassFixture<BookingHouse>
{
    private readonly BookingHouse house;

    public ChangeStayTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Fact]
    public async Task A_stay_paid_on_arrival_is_changed_at_once_even_onto_its_own_nights_and_the_old_ones_are_free()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 3);

        var changed = Done(await house.ChangeAsync(place, stay.Id, 12, 4));

        changed.CheckIn.ShouldBe(BookingHouse.Today.AddDays(12));
        changed.Quote.Total.ShouldBe(SampleMoney.Price * 4);
        changed.Change.ShouldBeNull();
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(12, 4)]);
        (await house.TryBookAsync(place, 10, 2)).ShouldBeOfType<BookStayOutcome.Booked>();
    }

    [Fact]
    public async Task A_dearer_stay_paid_online_has_old_and_new_nights_until_its_time_is_over_and_then_the_old_ones()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 3);

        var pending = Done(await house.ChangeAsync(place, stay.Id, 20, 4));

        pending.CheckIn.ShouldBe(stay.CheckIn);
        pending.Change.ShouldNotBeNull().ToPay.ShouldBe(SampleMoney.Price);
        pending.Change.ExpiresAt.ShouldBe(BookingHouse.Now.AddMinutes(15));
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 3), (20, 4)]);
        (await house.TryBookAsync(place, 20, 1)).ShouldBeOfType<BookStayOutcome.DatesUnavailable>();

        house.Clock.Now = BookingHouse.Now.AddMinutes(15);
        (await house.TryBookAsync(place, 20, 1)).ShouldBeOfType<BookStayOutcome.Booked>();
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 3)]);
        (await house.StatusOfAsync(stay.Id)).ShouldBe(BookingStatus.Confirmed);
    }

    [Fact]
    public async Task The_schedule_lets_changes_fall_back_that_nobody_comes_by()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 3);
        await house.ChangeAsync(place, stay.Id, 20, 4);

        house.Clock.Now = BookingHouse.Now.AddMinutes(15);
        await house.DoAsync((ExpireChanges expire) => expire.ExecuteAsync(CancellationToken.None));

        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 3)]);
        (await ChangesAsync(stay.Id)).ShouldBe([BookingChangeStatus.Expired]);
    }

    [Fact]
    public async Task A_stay_paid_online_that_costs_no_more_is_changed_at_once()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 3);

        var changed = Done(await house.ChangeAsync(place, stay.Id, 20, 3));

        changed.CheckIn.ShouldBe(BookingHouse.Today.AddDays(20));
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(20, 3)]);
    }

    [Fact]
    public async Task A_new_change_takes_the_place_of_a_pending_one()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 3);
        await house.ChangeAsync(place, stay.Id, 20, 4);

        Done(await house.ChangeAsync(place, stay.Id, 30, 5));

        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 3), (30, 5)]);
        (await ChangesAsync(stay.Id)).ShouldBe([BookingChangeStatus.Withdrawn, BookingChangeStatus.Pending]);
    }

    [Fact]
    public async Task A_cancelled_stay_gives_back_the_nights_of_its_pending_change_too()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 3);
        await house.ChangeAsync(place, stay.Id, 20, 4);

        (await house.CancelAsync(new Caller(place.Guest.Id), stay.Id)).ShouldBeOfType<BookingOutcome.Done>();

        (await house.NightsOfAsync(stay.Id)).ShouldBeEmpty();
        (await ChangesAsync(stay.Id)).ShouldBe([BookingChangeStatus.Withdrawn]);
    }

    [Fact]
    public async Task A_stay_that_is_left_early_gives_back_the_nights_of_its_pending_change_and_waits_for_it_no_more()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 3);
        // One in the morning of the day of check-in.
        house.Clock.Now = new DateTimeOffset(2027, 3, 10, 22, 0, 0, TimeSpan.Zero);
        await house.ChangeAsync(place, stay.Id, 20, 4);

        var left = Done(await house.DoAsync((LeaveEarly leave) => leave.ExecuteAsync(
            new Caller(place.Guest.Id), stay.Id, BookingHouse.Today.AddDays(11), CancellationToken.None)));

        left.Change.ShouldBeNull();
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 1)]);
        (await ChangesAsync(stay.Id)).ShouldBe([BookingChangeStatus.Withdrawn]);
    }

    [Fact]
    public async Task Nights_of_somebody_else_are_refused_and_the_stay_is_as_it_was()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 3);
        await house.BookAsync(place, 20, 3);

        (await house.ChangeAsync(place, stay.Id, 18, 3)).ShouldBeOfType<BookingOutcome.DatesUnavailable>();

        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 3)]);
    }

    [Fact]
    public async Task A_stay_that_has_begun_cannot_be_changed()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 3);
        // Two in the afternoon in Addis Ababa.
        house.Clock.Now = new DateTimeOffset(2027, 3, 11, 11, 0, 0, TimeSpan.Zero);

        (await house.ChangeAsync(place, stay.Id, 11, 3)).ShouldBeOfType<BookingOutcome.NotNow>().Type.ShouldBe(ProblemTypes.NotChangeable);

        house.Clock.Now = house.Clock.Now.AddTicks(-10);
        (await house.ChangeAsync(place, stay.Id, 11, 3)).ShouldBeOfType<BookingOutcome.Done>();
    }

    [Fact]
    public async Task The_same_change_sent_again_is_made_once()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 3);

        var first = Done(await house.ChangeAsync(place, stay.Id, 20, 3, key: "one"));
        var second = Done(await house.ChangeAsync(place, stay.Id, 20, 3, key: "one"));

        JsonSerializer.Serialize(second, TravelJson.Options).ShouldBe(JsonSerializer.Serialize(first, TravelJson.Options));
        (await house.ChangeAsync(place, stay.Id, 25, 3, key: "one")).ShouldBeOfType<BookingOutcome.KeyUsedForAnotherRequest>();
        (await house.AskAsync(db => db.Timeline.CountAsync(entry => entry.BookingId == stay.Id && entry.Event == "changed"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_price_that_was_not_seen_changes_nothing_and_the_new_one_is_said()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 3);
        await house.RaisePriceAsync(place);

        var refused = await house.ChangeAsync(place, stay.Id, 20, 3, key: "seen", total: SampleMoney.Price * 3);

        refused.ShouldBe(new BookingOutcome.PriceChanged(BookingHouse.RaisedPrice * 3));
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 3)]);
        // Refusals are not stored: the same key at the price of the day changes the stay.
        Done(await house.ChangeAsync(place, stay.Id, 20, 3, key: "seen", total: BookingHouse.RaisedPrice * 3));
        // And sent once more as it was first, it is answered with that.
        Done(await house.ChangeAsync(place, stay.Id, 20, 3, key: "seen", total: SampleMoney.Price * 3)).Quote.Total.ShouldBe(BookingHouse.RaisedPrice * 3);
    }

    private Task<List<BookingChangeStatus>> ChangesAsync(Guid booking) => house.AskAsync(db =>
        db.BookingChanges.Where(change => change.BookingId == booking).OrderBy(change => change.CreatedAt).ThenBy(change => change.ExpiresAt)
            .Select(change => change.Status).ToListAsync());

    private static BookingResponse Done(BookingOutcome outcome) => outcome.ShouldBeOfType<BookingOutcome.Done>().Booking;
}
