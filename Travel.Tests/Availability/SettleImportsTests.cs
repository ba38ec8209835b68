using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Availability;

/// <summary>Nights that a booking gives back go to the calendar that wants them, before anybody else can ask for them.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class SettleImportsTests : IClassFixture<BookingHouse>
{
    private readonly BookingHouse house;

    public SettleImportsTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Fact]
    public async Task Of_a_booking_that_is_cancelled()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 3);
        var import = await ImportedAsync(place, (9, 5));
        (await house.NightsOfAsync(import)).ShouldBe([(9, 1), (13, 1)]);

        (await house.CancelAsync(new Caller(place.Host.Id), stay.Id)).ShouldBeOfType<BookingOutcome.Done>();

        (await house.NightsOfAsync(import)).ShouldBe([(9, 5)]);
        (await house.TryBookAsync(place, 11, 1)).ShouldBeOfType<BookStayOutcome.DatesUnavailable>();
    }

    [Fact]
    public async Task Of_a_hold_whose_time_is_over_even_from_the_guest_who_comes_by_next()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var hold = await house.BookAsync(place, 10, 3);
        var import = await ImportedAsync(place, (11, 1));

        house.Clock.Now = BookingHouse.Now.AddMinutes(15);
        (await house.TryBookAsync(place, 11, 1)).ShouldBeOfType<BookStayOutcome.DatesUnavailable>();
        (await house.TryBookAsync(place, 10, 1)).ShouldBeOfType<BookStayOutcome.Booked>();

        (await house.StatusOfAsync(hold.Id)).ShouldBe(BookingStatus.Expired);
        (await house.NightsOfAsync(import)).ShouldBe([(11, 1)]);
    }

    [Fact]
    public async Task Of_a_stay_that_is_changed_and_of_one_that_is_left_early()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 3);
        var import = await ImportedAsync(place, (10, 3), (22, 1));

        (await house.ChangeAsync(place, stay.Id, 20, 5)).ShouldBeOfType<BookingOutcome.DatesUnavailable>();
        (await house.ChangeAsync(place, stay.Id, 11, 2)).ShouldBeOfType<BookingOutcome.Done>();
        (await house.NightsOfAsync(import)).ShouldBe([(10, 1), (22, 1)]);

        house.Clock.Now = BookingHouse.Now.AddDays(11).AddHours(12);
        (await house.DoAsync((LeaveEarly leave) => leave.ExecuteAsync(new Caller(place.Guest.Id), stay.Id, BookingHouse.Today.AddDays(12), CancellationToken.None)))
            .ShouldBeOfType<BookingOutcome.Done>();
        (await house.NightsOfAsync(import)).ShouldBe([(10, 1), (12, 1), (22, 1)]);
    }

    [Fact]
    public async Task Of_new_nights_that_are_not_paid_in_time_or_are_replaced_by_others()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 1);
        (await house.ChangeAsync(place, stay.Id, 20, 4)).ShouldBeOfType<BookingOutcome.Done>();
        var import = await ImportedAsync(place, (21, 1), (31, 1));
        (await house.NightsOfAsync(import)).ShouldBe([(31, 1)]);

        (await house.ChangeAsync(place, stay.Id, 24, 4)).ShouldBeOfType<BookingOutcome.Done>();
        (await house.NightsOfAsync(import)).ShouldBe([(21, 1), (31, 1)]);

        await house.ImportedAsync(place, import, (25, 1));
        house.Clock.Pass(TimeSpan.FromMinutes(15));
        await house.DoAsync((ExpireChanges expire) => expire.ExecuteAsync(CancellationToken.None));

        (await house.NightsOfAsync(import)).ShouldBe([(25, 1)]);
    }

    private async Task<Guid> ImportedAsync(Place place, params (int From, int Nights)[] nights)
    {
        var import = await house.ImportAsync(place);
        await house.ImportedAsync(place, import, nights);
        return import;
    }
}
