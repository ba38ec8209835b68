using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Contracts.Reviews;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Reviews;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Reviews;

[Collection(DatabaseServer.Collection)]
public sealed class InviteReviewsTests : IClassFixture<BookingHouse>
{
    /// <summary>By the clock of Addis Ababa, the day after a stay of the two nights from the day after tomorrow on.</summary>
    private static readonly DateTimeOffset TenOClock = new(2027, 3, 6, 7, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);
    private readonly BookingHouse house;

    public InviteReviewsTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Theory]
    [InlineData("Pacific/Kiritimati", "2027-03-05T20:00:00Z")]
    [InlineData("Africa/Addis_Ababa", "2027-03-06T07:00:00Z")]
    [InlineData("Pacific/Pago_Pago", "2027-03-06T21:00:00Z")]
    public async Task A_guest_is_asked_on_the_day_after_check_out_by_the_clock_at_the_listing(string timeZone, string at)
    {
        var stay = await house.BookAsync(await house.PlaceAsync(timeZone: timeZone), 2, 2);
        var ten = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);

        await RunAsync(ten - Moment);
        (await InvitationsToAsync(stay.Id)).ShouldBeEmpty();
        await RunAsync(ten);

        (await InvitationsToAsync(stay.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task However_often_it_is_run_and_by_however_many_at_once_each_guest_is_asked_once()
    {
        List<Guid> stays = [];
        for (var place = 0; place < 5; place++)
        {
            stays.Add((await house.BookAsync(await house.PlaceAsync(), 2, 2)).Id);
        }

        await CompleteAsync(TenOClock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(InviteAsync)));
        house.Clock.Now = TenOClock + TimeSpan.FromHours(1);
        (await InviteAsync()).ShouldBe(0);

        foreach (var stay in stays)
        {
            (await InvitationsToAsync(stay)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Who_has_said_so_already_or_never_stayed_is_not_asked()
    {
        var place = await house.PlaceAsync();
        var reviewed = await house.BookAsync(place, 2, 2);
        var cancelled = await house.BookAsync(await house.PlaceAsync(), 2, 2);
        await CompleteAsync(TenOClock - Moment, async db =>
        {
            var booking = await db.Bookings.SingleAsync(found => found.Id == cancelled.Id);
            booking.Cancel(booking.GuestId, reason: null, BookingHouse.Now);
            db.Reviews.Add(new Review
            {
                Id = Guid.CreateVersion7(), BookingId = reviewed.Id, ListingId = place.Id, GuestId = place.Guest.Id, Rating = 5, Text = "Fine.", CreatedAt = BookingHouse.Now,
            });
            await db.SaveChangesAsync();
        });

        await RunAsync(TenOClock);

        (await InvitationsToAsync(reviewed.Id)).ShouldBeEmpty();
        (await InvitationsToAsync(cancelled.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whose_account_has_been_erased_is_not_asked()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 2, 2);
        await CompleteAsync(TenOClock);
        // Everywhere on Earth the day of check-out is over by then.
        house.Clock.Now = TenOClock + TimeSpan.FromDays(1);
        (await house.DoAsync((EraseAccount erase) => erase.ExecuteAsync(place.Guest.Id, CancellationToken.None))).ShouldBe(EraseAccountOutcome.Erased);

        await InviteAsync();

        (await InvitationsToAsync(stay.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_that_was_missed_is_made_up_for_while_the_stay_is_fresh()
    {
        var fresh = await house.BookAsync(await house.PlaceAsync(), 2, 2);
        await RunAsync(TenOClock + TimeSpan.FromDays(3) - Moment);
        (await InvitationsToAsync(fresh.Id)).ShouldHaveSingleItem();

        house.Clock.Now = BookingHouse.Now;
        var stale = await house.BookAsync(await house.PlaceAsync(), 2, 2);
        await RunAsync(TenOClock + TimeSpan.FromDays(3));
        (await InvitationsToAsync(stale.Id)).ShouldBeEmpty();
    }

    private async Task RunAsync(DateTimeOffset at)
    {
        await CompleteAsync(at);
        await InviteAsync();
    }

    private async Task CompleteAsync(DateTimeOffset at, Func<Travel.Domain.TravelDbContext, Task>? before = null)
    {
        if (before is not null)
        {
            await house.AskAsync(async db =>
            {
                await before(db);
                return true;
            });
        }

        house.Clock.Now = at;
        await house.DoAsync((CompleteStays complete) => complete.ExecuteAsync(CancellationToken.None));
    }

    private Task<int> InviteAsync() => house.DoAsync((InviteReviews invite) => invite.ExecuteAsync(CancellationToken.None));

    private Task<List<string>> InvitationsToAsync(Guid stay) => house.ToldAsync(stay, ReviewInvitationDue.RoutingKey);
}
