using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Mail;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

[Collection(DatabaseServer.Collection)]
public sealed class RemindOfCheckInTests : IClassFixture<BookingHouse>
{
    /// <summary>By the clock of Addis Ababa, the day before a stay that begins in eleven days.</summary>
    private static readonly DateTimeOffset NineOClock = new(2027, 3, 11, 6, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);
    private readonly BookingHouse house;

    public RemindOfCheckInTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Theory]
    [InlineData("Pacific/Kiritimati", 11, "2027-03-10T19:00:00Z")]
    [InlineData("Africa/Addis_Ababa", 11, "2027-03-11T06:00:00Z")]
    [InlineData("America/New_York", 11, "2027-03-11T14:00:00Z")]
    // The night in which its clocks go forward.
    [InlineData("America/New_York", 14, "2027-03-14T13:00:00Z")]
    [InlineData("Pacific/Pago_Pago", 11, "2027-03-11T20:00:00Z")]
    public async Task A_guest_is_reminded_from_nine_in_the_morning_of_the_day_before_by_the_clock_at_the_listing(string timeZone, int inDays, string at)
    {
        var stay = await house.BookAsync(await house.PlaceAsync(timeZone: timeZone), inDays, 2);
        var nine = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);

        await RunAsync(nine - Moment);
        (await RemindersOfAsync(stay.Id)).ShouldBeEmpty();
        await RunAsync(nine);

        (await RemindersOfAsync(stay.Id)).ShouldHaveSingleItem().ShouldContain($"\"checkInOn\":\"{BookingHouse.Today.AddDays(inDays):yyyy-MM-dd}\"");
    }

    [Fact]
    public async Task However_often_it_is_run_and_by_however_many_at_once_each_guest_is_told_once()
    {
        List<Guid> stays = [];
        for (var place = 0; place < 5; place++)
        {
            stays.Add((await house.BookAsync(await house.PlaceAsync(), 11, 2)).Id);
        }

        house.Clock.Now = NineOClock;
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAsync(NineOClock))));
        var again = await RunAsync(NineOClock + TimeSpan.FromHours(1));

        told.Sum().ShouldBeGreaterThanOrEqualTo(stays.Count);
        again.ShouldBe(0);
        foreach (var stay in stays)
        {
            (await RemindersOfAsync(stay)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Of_what_is_not_certain_or_not_any_more_nobody_is_reminded()
    {
        var cancelled = await house.BookAsync(await house.PlaceAsync(), 11, 2);
        var place = await house.PlaceAsync(booking: BookingMode.Request);
        var asked = await house.BookAsync(place, 11, 2);
        var held = await house.BookAsync(await house.PlaceAsync(PaymentMode.Online), 11, 2);
        await house.AskAsync(async db =>
        {
            var booking = await db.Bookings.SingleAsync(found => found.Id == cancelled.Id);
            booking.Cancel(booking.GuestId, reason: null, house.Clock.Now);
            return await db.SaveChangesAsync();
        });

        await RunAsync(NineOClock);

        foreach (var stay in new[] { cancelled, asked, held })
        {
            (await RemindersOfAsync(stay.Id)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_time_that_was_missed_is_made_up_for_until_the_stay_begins_and_not_after()
    {
        var late = await house.BookAsync(await house.PlaceAsync(), 11, 2);
        var tooLate = await house.BookAsync(await house.PlaceAsync(timeZone: "Asia/Kathmandu"), 11, 2);
        // 14:00 in Addis Ababa; in Kathmandu it was hours ago.
        var checkIn = new DateTimeOffset(2027, 3, 12, 11, 0, 0, TimeSpan.Zero);

        await RunAsync(checkIn - Moment);

        (await RemindersOfAsync(late.Id)).ShouldHaveSingleItem();
        (await RemindersOfAsync(tooLate.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_books_after_that_hour_has_just_been_told()
    {
        var place = await house.PlaceAsync();
        house.Clock.Now = NineOClock + Moment;
        var stay = await house.BookAsync(place, 11, 2);

        await RunAsync(NineOClock + (2 * Moment));

        (await RemindersOfAsync(stay.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whose_stay_was_accepted_or_moved_after_that_hour_has_just_been_told()
    {
        var (asked, moved) = (await house.PlaceAsync(booking: BookingMode.Request), await house.PlaceAsync());
        var change = await house.BookAsync(moved, 20, 2);
        house.Clock.Now = NineOClock - Moment;
        var request = await house.BookAsync(asked, 11, 2);
        house.Clock.Now = NineOClock + Moment;
        (await house.AcceptAsync(asked, request.Id)).ShouldBeOfType<BookingOutcome.Done>();
        (await house.ChangeAsync(moved, change.Id, 11, 2)).ShouldBeOfType<BookingOutcome.Done>();

        await RunAsync(NineOClock + (2 * Moment));

        (await RemindersOfAsync(request.Id)).ShouldBeEmpty();
        (await RemindersOfAsync(change.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_stay_that_was_moved_its_guest_is_reminded_for_the_new_day_too()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 11, 2);
        await RunAsync(NineOClock);

        (await house.ChangeAsync(place, stay.Id, 20, 2)).ShouldBeOfType<BookingOutcome.Done>();
        await RunAsync(NineOClock + TimeSpan.FromHours(1));
        (await RemindersOfAsync(stay.Id)).ShouldHaveSingleItem();
        await RunAsync(NineOClock + TimeSpan.FromDays(9));

        (await RemindersOfAsync(stay.Id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_are_told_in_batches_with_a_few_questions_for_each()
    {
        const int Stays = (2 * RemindOfCheckIn.Batch) + 1;
        var place = await house.PlaceAsync();
        await house.AskAsync(db =>
        {
            var stay = new StayRequest(BookingHouse.Today.AddDays(40), BookingHouse.Today.AddDays(42), Guests: 1);
            db.Bookings.AddRange(Enumerable.Range(0, Stays).Select(_ => Booking.Confirmed(NewBooking.At(place.Listing, place.Guest.Id, stay, BookingHouse.Now), BookingHouse.Now)));
            return db.SaveChangesAsync();
        });
        house.Clock.Now = NineOClock + TimeSpan.FromDays(29);
        var statements = new Statements();
        await using var db = new TravelDbContext(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(house.Database).AddInterceptors(statements).Options);

        var told = await new RemindOfCheckIn(db, new TellOnce(db, new OutboxSignal(), house.Clock), house.Clock).ExecuteAsync(CancellationToken.None);

        told.ShouldBe(Stays);
        // Three batches: who is next, the rows that say so, the messages; and that there is nobody left.
        statements.Seen.Count.ShouldBe((3 * 3) + 1);
    }

    private Task<int> RunAsync(DateTimeOffset at)
    {
        house.Clock.Now = at;
        return house.DoAsync((RemindOfCheckIn remind) => remind.ExecuteAsync(CancellationToken.None));
    }

    private Task<List<string>> RemindersOfAsync(Guid stay) => house.ToldAsync(stay, CheckInReminderDue.RoutingKey);
}
