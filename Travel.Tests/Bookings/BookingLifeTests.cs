using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

/// <summary>What becomes of a booking while time goes by.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class BookingLifeTests : IClassFixture<BookingHouse>
{
    private readonly BookingHouse house;

    public BookingLifeTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Fact]
    public async Task An_online_booking_keeps_its_nights_for_fifteen_minutes_and_then_whoever_asks_gets_them()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var hold = await house.BookAsync(place, 10, 3);
        hold.Status.ShouldBe(BookingStatus.Held);
        hold.HoldExpiresAt.ShouldBe(BookingHouse.Now.AddMinutes(15));
        (await house.ToldAsync(hold.Id, BookingHeld.RoutingKey)).ShouldHaveSingleItem().ShouldContain("\"holdExpiresAt\":\"2027-03-01T09:15:00");

        house.Clock.Now = BookingHouse.Now.AddMinutes(15).AddTicks(-10);
        (await house.TryBookAsync(place, 12, 1)).ShouldBeOfType<BookStayOutcome.DatesUnavailable>();

        house.Clock.Now = BookingHouse.Now.AddMinutes(15);
        (await house.TryBookAsync(place, 12, 1)).ShouldBeOfType<BookStayOutcome.Booked>();
        (await house.StatusOfAsync(hold.Id)).ShouldBe(BookingStatus.Expired);
        (await house.NightsOfAsync(hold.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schedule_expires_the_holds_nobody_comes_by_and_only_those_whose_time_is_over()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stale = await house.BookAsync(place, 10, 3);
        house.Clock.Now = BookingHouse.Now.AddMinutes(10);
        var fresh = await house.BookAsync(place, 20, 3);

        house.Clock.Now = BookingHouse.Now.AddMinutes(16);
        await house.DoAsync((ExpireHolds expire) => expire.ExecuteAsync(CancellationToken.None));

        (await house.StatusOfAsync(stale.Id)).ShouldBe(BookingStatus.Expired);
        (await house.StatusOfAsync(fresh.Id)).ShouldBe(BookingStatus.Held);
        (await house.DoAsync((ExpireHolds expire) => expire.ExecuteAsync(CancellationToken.None))).ShouldBe(0);
    }

    [Fact]
    public async Task Requests_take_no_nights_and_the_first_that_is_accepted_has_them()
    {
        var place = await house.PlaceAsync(booking: BookingMode.Request);
        var first = await house.BookAsync(place, 10, 3);
        var second = await house.BookAsync(place, 12, 3);
        (await house.NightsOfAsync(first.Id)).ShouldBeEmpty();

        var accepted = (await house.AcceptAsync(place, second.Id)).ShouldBeOfType<BookingOutcome.Done>();
        var tooLate = await house.AcceptAsync(place, first.Id);

        accepted.Booking.Status.ShouldBe(BookingStatus.Confirmed);
        (await house.NightsOfAsync(second.Id)).ShouldBe([(12, 3)]);
        tooLate.ShouldBeOfType<BookingOutcome.DatesUnavailable>();
        (await house.StatusOfAsync(first.Id)).ShouldBe(BookingStatus.Declined);
        (await house.NightsOfAsync(first.Id)).ShouldBeEmpty();
        (await house.ToldAsync(first.Id, BookingDeclined.RoutingKey)).ShouldHaveSingleItem().ShouldContain("\"nightsGone\":true");
    }

    [Fact]
    public async Task A_request_that_is_paid_online_is_held_for_a_day_once_it_is_accepted_at_the_price_of_the_day_it_was_sent()
    {
        var place = await house.PlaceAsync(PaymentMode.Online, BookingMode.Request);
        var request = await house.BookAsync(place, 10, 2);
        await house.AskAsync(db => db.Listings.Where(listing => listing.Id == place.Id)
            .ExecuteUpdateAsync(listing => listing.SetProperty(row => row.PricePerNightMinorUnits, 999_999)));

        house.Clock.Now = BookingHouse.Now.AddHours(3);
        var accepted = (await house.AcceptAsync(place, request.Id)).ShouldBeOfType<BookingOutcome.Done>().Booking;

        accepted.Status.ShouldBe(BookingStatus.Held);
        accepted.HoldExpiresAt.ShouldBe(BookingHouse.Now.AddHours(27));
        accepted.Quote.Total.ShouldBe(SampleMoney.Price * 2);
        (await house.NightsOfAsync(request.Id)).ShouldBe([(10, 2)]);
    }

    [Fact]
    public async Task A_request_that_nobody_answers_expires_after_a_day_and_cannot_be_accepted_any_more()
    {
        var place = await house.PlaceAsync(booking: BookingMode.Request);
        var swept = await house.BookAsync(place, 10, 2);
        var late = await house.BookAsync(place, 20, 2);
        swept.RequestExpiresAt.ShouldBe(BookingHouse.Now.AddHours(24));

        house.Clock.Now = BookingHouse.Now.AddHours(24);
        (await house.AcceptAsync(place, late.Id)).ShouldBeOfType<BookingOutcome.NotNow>().Type.ShouldBe(ProblemTypes.NotRequested);
        await house.DoAsync((ExpireRequests expire) => expire.ExecuteAsync(CancellationToken.None));

        (await house.StatusOfAsync(late.Id)).ShouldBe(BookingStatus.Expired);
        (await house.StatusOfAsync(swept.Id)).ShouldBe(BookingStatus.Expired);
    }

    [Fact]
    public async Task A_stay_is_completed_when_check_out_has_passed_by_the_clock_at_the_place()
    {
        var east = await house.PlaceAsync(timeZone: "Pacific/Kiritimati");
        var west = await house.PlaceAsync(timeZone: "Pacific/Pago_Pago");
        var (early, late) = (await house.BookAsync(east, 10, 2), await house.BookAsync(west, 10, 2));
        // Eleven o'clock on the day of departure, 14 hours ahead of UTC and 11 behind it.
        var eastOut = new DateTimeOffset(2027, 3, 12, 21, 0, 0, TimeSpan.Zero);
        var westOut = new DateTimeOffset(2027, 3, 13, 22, 0, 0, TimeSpan.Zero);

        (await StatesAtAsync(eastOut, early, late)).ShouldBe([BookingStatus.Completed, BookingStatus.Confirmed]);
        (await StatesAtAsync(westOut.AddTicks(-10), early, late)).ShouldBe([BookingStatus.Completed, BookingStatus.Confirmed]);
        (await StatesAtAsync(westOut, early, late)).ShouldBe([BookingStatus.Completed, BookingStatus.Completed]);

        async Task<IEnumerable<BookingStatus>> StatesAtAsync(DateTimeOffset now, params BookingResponse[] bookings)
        {
            house.Clock.Now = now;
            await house.DoAsync((CompleteStays complete) => complete.ExecuteAsync(CancellationToken.None));
            return await Task.WhenAll(bookings.Select(booking => house.StatusOfAsync(booking.Id)));
        }
    }

    [Fact]
    public async Task Schedules_that_run_on_several_replicas_at_once_move_each_booking_once()
    {
        var place = await house.PlaceAsync();
        var stays = new List<BookingResponse>();
        for (var index = 0; index < 8; index++)
        {
            stays.Add(await house.BookAsync(place, 10 + (2 * index), 2));
        }

        house.Clock.Now = BookingHouse.Now.AddDays(60);
        var moved = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.DoAsync((CompleteStays complete) => complete.ExecuteAsync(CancellationToken.None))));

        moved.Sum().ShouldBeGreaterThanOrEqualTo(8);
        var ids = stays.ConvertAll(stay => stay.Id);
        (await house.AskAsync(db => db.Timeline.CountAsync(entry => ids.Contains(entry.BookingId) && entry.Event == "completed"))).ShouldBe(8);
    }

    [Fact]
    public async Task Leaving_early_gives_the_nights_that_are_left_to_others_and_keeps_the_price()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 5);
        house.Clock.Now = BookingHouse.Now.AddDays(12);

        var left = (await LeaveAsync(place, stay.Id, 13)).ShouldBeOfType<BookingOutcome.Done>().Booking;

        left.CheckOut.ShouldBe(BookingHouse.Today.AddDays(13));
        left.Quote.Total.ShouldBe(SampleMoney.Price * 5);
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 3)]);
        (await house.TryBookAsync(place, 13, 2)).ShouldBeOfType<BookStayOutcome.Booked>();
    }

    [Theory]
    [InlineData(9, 12, "not-under-way")]
    [InlineData(12, 10, "on")]
    [InlineData(12, 11, "on")]
    [InlineData(12, 16, "on")]
    [InlineData(16, 12, "not-under-way")]
    public async Task Only_nights_that_are_left_of_a_stay_under_way_can_be_given_back(int today, int on, string refusal)
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 5);
        house.Clock.Now = BookingHouse.Now.AddDays(today);

        (await LeaveAsync(place, stay.Id, on) switch
        {
            BookingOutcome.NotNow refused => refused.Type.Name,
            BookingOutcome.Invalid invalid => invalid.Errors.Keys.Single(),
            var other => other.GetType().Name,
        }).ShouldBe(refusal);
        (await house.NightsOfAsync(stay.Id)).ShouldBe([(10, 5)]);
    }

    [Fact]
    public async Task Every_move_raises_the_version_and_is_recorded_with_who_when_and_why()
    {
        var place = await house.PlaceAsync(booking: BookingMode.Request);
        var request = await house.BookAsync(place, 10, 2);
        house.Clock.Now = BookingHouse.Now.AddHours(1);
        await house.AcceptAsync(place, request.Id);
        house.Clock.Now = BookingHouse.Now.AddHours(2);
        await house.DoAsync((CancelBooking cancel) => cancel.ExecuteAsync(
            new Caller(place.Guest.Id), request.Id, SampleMoney.Price with { MinorUnits = 0 }, "No leave from work", CancellationToken.None));

        var booking = await house.AskAsync(db => db.Bookings.AsNoTracking().Include(found => found.Timeline.OrderBy(entry => entry.Id)).SingleAsync(found => found.Id == request.Id));
        booking.Version.ShouldBe(3);
        booking.Timeline.Select(entry => (entry.Event, entry.ActorId, entry.At, entry.Reason)).ShouldBe(
        [
            ("requested", place.Guest.Id, BookingHouse.Now, null),
            ("confirmed", place.Host.Id, BookingHouse.Now.AddHours(1), null),
            ("cancelled", place.Guest.Id, BookingHouse.Now.AddHours(2), "No leave from work"),
        ]);
    }

    [Fact]
    public async Task A_price_that_was_not_seen_books_nothing_and_the_new_one_is_said()
    {
        var place = await house.PlaceAsync();
        await house.RaisePriceAsync(place);

        var refused = await house.TryBookAsync(place, 10, 2, key: "unseen", total: SampleMoney.Price * 2);

        refused.ShouldBe(new BookStayOutcome.PriceChanged(BookingHouse.RaisedPrice * 2));
        (await house.AskAsync(db => db.Bookings.AnyAsync(booking => booking.ListingId == place.Id))).ShouldBeFalse();
        // Refusals are not stored: the same key at the price of the day books.
        var booked = (await house.TryBookAsync(place, 10, 2, key: "unseen", total: BookingHouse.RaisedPrice * 2)).ShouldBeOfType<BookStayOutcome.Booked>();
        // Whoever did not get that answer and asks again gets it, whatever they think the price is.
        (await house.TryBookAsync(place, 10, 2, key: "unseen", total: SampleMoney.Price * 2)).ShouldBeOfType<BookStayOutcome.Booked>()
            .Booking.Id.ShouldBe(booked.Booking.Id);
    }

    [Fact]
    public async Task A_host_cannot_book_their_own_place()
    {
        var place = await house.PlaceAsync();

        (await house.TryBookAsync(place, 10, 2, guest: place.Host.Id)).ShouldBeOfType<BookStayOutcome.OwnListing>();
    }

    [Fact]
    public async Task Nobody_books_as_a_person_who_has_been_erased_nor_while_they_are()
    {
        var place = await house.PlaceAsync();
        await using var connection = await house.Database.OpenConnectionAsync();

        Task<BookStayOutcome> booking;
        await using (var erasure = await connection.BeginTransactionAsync())
        {
            await using var erase = connection.CreateCommand();
            erase.CommandText = "SELECT 1 FROM users WHERE id = $1 FOR UPDATE";
            erase.Parameters.Add(new() { Value = place.Guest.Id });
            await erase.ExecuteNonQueryAsync();
            booking = house.TryBookAsync(place, 10, 2);
            await Eventually.GetAsync(
                () => house.AskAsync(other => other.Database.SqlQuery<bool>(
                    $"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"").SingleAsync()),
                waits => waits, TimeSpan.FromSeconds(5), "A booking that waits for its guest");
            erase.CommandText =
                """
                UPDATE users SET erased_at = now(), user_name = NULL, normalized_user_name = NULL, email = NULL, normalized_email = NULL, password_hash = NULL
                WHERE id = $1
                """;
            await erase.ExecuteNonQueryAsync();
            await erasure.CommitAsync();
        }

        (await booking).ShouldBeOfType<BookStayOutcome.NoSuchGuest>();
        (await house.TryBookAsync(place, 20, 2)).ShouldBeOfType<BookStayOutcome.NoSuchGuest>();
        (await house.AskAsync(other => other.Bookings.AnyAsync(found => found.ListingId == place.Id))).ShouldBeFalse();
    }

    [Fact]
    public async Task Moving_a_booking_to_where_it_is_does_nothing()
    {
        var place = await house.PlaceAsync(booking: BookingMode.Request);
        var request = await house.BookAsync(place, 10, 2);

        await house.AcceptAsync(place, request.Id);
        (await house.AcceptAsync(place, request.Id)).ShouldBeOfType<BookingOutcome.Done>();
        await house.CancelAsync(new Caller(place.Guest.Id), request.Id);
        (await house.CancelAsync(new Caller(place.Guest.Id), request.Id)).ShouldBeOfType<BookingOutcome.Done>();

        (await house.AskAsync(db => db.Timeline.CountAsync(entry => entry.BookingId == request.Id))).ShouldBe(3);
        (await house.ToldAsync(request.Id, BookingCancelled.RoutingKey)).ShouldHaveSingleItem();
    }

    private Task<BookingOutcome> LeaveAsync(Place place, Guid booking, int on) => house.DoAsync((LeaveEarly leave) =>
        leave.ExecuteAsync(new Caller(place.Guest.Id), booking, BookingHouse.Today.AddDays(on), CancellationToken.None));
}
