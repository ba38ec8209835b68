using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Mail;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Accounts;

[Collection(DatabaseServer.Collection)]
public sealed class InviteGuestsBackTests : IClassFixture<BookingHouse>
{
    private static readonly DateTimeOffset LongAgo = BookingHouse.Now.AddDays(-700);
    private readonly BookingHouse house;

    public InviteGuestsBackTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Fact]
    public async Task Who_has_neither_booked_nor_stayed_for_a_year_is_missed_since_the_last_day_here()
    {
        var place = await house.PlaceAsync();
        var never = Persons.New(since: LongAgo);
        var (stayed, cancelled, justNot, stays, young, host, unproven) = (
            Persons.New(since: LongAgo), Persons.New(since: LongAgo), Persons.New(since: LongAgo), Persons.New(since: LongAgo), Persons.New(since: BookingHouse.Now.AddDays(-364)),
            Persons.New(Role.Host, since: LongAgo), Persons.New(verified: false, since: LongAgo));
        await house.AskAsync(db =>
        {
            db.Users.AddRange(never, stayed, cancelled, justNot, stays, young, host, unproven);
            // Booked ten days before check-in, for two nights.
            db.Bookings.AddRange(Stay(place.Listing, stayed, -420), Stay(place.Listing, justNot, -376), Stay(place.Listing, stays, -370));
            var off = Stay(place.Listing, cancelled, -377);
            off.Cancel(cancelled.Id, reason: null, off.CreatedAt);
            db.Bookings.Add(off);
            return db.SaveChangesAsync();
        });
        var persons = new[] { never, stayed, cancelled, justNot, stays, young, host, unproven };

        var found = (await FindAsync(BookingHouse.Now)).Where(guest => persons.Any(person => person.Id == guest.Id)).ToDictionary(guest => guest.Id, guest => guest.Since);

        found.ShouldBe(
            new Dictionary<Guid, DateOnly>
            {
                [never.Id] = BookingHouse.Today.AddDays(-700),
                [stayed.Id] = BookingHouse.Today.AddDays(-408),
                // Of what came to nothing, the day it was booked.
                [cancelled.Id] = BookingHouse.Today.AddDays(-377),
            },
            ignoreOrder: true);
        (await FindAsync(BookingHouse.Now.AddDays(1))).ShouldContain(guest => guest.Id == justNot.Id);
    }

    [Theory]
    [InlineData(SuppressionReason.Bounced)]
    [InlineData(SuppressionReason.Unsubscribed)]
    public async Task Who_gets_no_such_mail_is_neither_shown_nor_written_to_until_they_do(SuppressionReason reason)
    {
        var guest = Persons.New(since: LongAgo);
        await AddAsync(guest);
        await house.AskAsync(db => db.SuppressAsync(guest.Email!, reason, note: null, by: null, BookingHouse.Now, CancellationToken.None));

        (await FindAsync(BookingHouse.Now)).ShouldNotContain(missed => missed.Id == guest.Id);
        await RunAsync(BookingHouse.Now);
        (await InvitationsToAsync(guest)).ShouldBeEmpty();

        await house.AskAsync(db => db.SuppressedAddresses.Where(suppressed => suppressed.Address == guest.NormalizedEmail).ExecuteDeleteAsync());
        (await FindAsync(BookingHouse.Now)).ShouldContain(missed => missed.Id == guest.Id);
    }

    [Fact]
    public async Task However_often_it_is_run_and_by_however_many_at_once_a_guest_is_written_to_once_for_each_time_away()
    {
        var place = await house.PlaceAsync();
        var guest = Persons.New(since: LongAgo);
        await AddAsync(guest);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAsync(BookingHouse.Now))));
        await RunAsync(BookingHouse.Now.AddDays(7));
        (await InvitationsToAsync(guest)).ShouldHaveSingleItem().ShouldContain("\"since\":\"2025-03-31\"");

        await house.AskAsync(db =>
        {
            db.Bookings.Add(Stay(place.Listing, guest, 20));
            return db.SaveChangesAsync();
        });
        await RunAsync(BookingHouse.Now.AddDays(380));
        (await InvitationsToAsync(guest)).ShouldHaveSingleItem();
        await RunAsync(BookingHouse.Now.AddDays(400));
        (await InvitationsToAsync(guest)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task At_most_two_hundred_are_written_to_in_a_run_those_whom_the_preview_shows_first()
    {
        while (await RunAsync(BookingHouse.Now) > 0)
        {
        }

        await AddAsync([.. Enumerable.Range(0, InviteGuestsBack.AtMost + 30).Select(_ => Persons.New(since: LongAgo))]);
        var preview = await FindAsync(BookingHouse.Now);
        preview.Count.ShouldBe(InviteGuestsBack.AtMost + 30);

        (await RunAsync(BookingHouse.Now)).ShouldBe(InviteGuestsBack.AtMost);

        (await FindAsync(BookingHouse.Now)).ShouldBe(preview[InviteGuestsBack.AtMost..]);
        (await RunAsync(BookingHouse.Now)).ShouldBe(30);
        (await RunAsync(BookingHouse.Now)).ShouldBe(0);
    }

    private static Booking Stay(Listing listing, User guest, int bookedOn)
    {
        var bookedAt = BookingHouse.Now.AddDays(bookedOn);
        var checkIn = BookingHouse.Today.AddDays(bookedOn + 10);
        return Booking.Confirmed(NewBooking.At(listing, guest.Id, new StayRequest(checkIn, checkIn.AddDays(2), Guests: 1), bookedAt), bookedAt);
    }

    private Task<int> AddAsync(params User[] guests) => house.AskAsync(db =>
    {
        db.Users.AddRange(guests);
        return db.SaveChangesAsync();
    });

    private Task<List<InactiveGuest>> FindAsync(DateTimeOffset now) =>
        house.AskAsync(db => InactiveGuests.FindAsync(db, now, after: Guid.Empty, limit: 1000, CancellationToken.None));

    private Task<int> RunAsync(DateTimeOffset at)
    {
        house.Clock.Now = at;
        return house.DoAsync((InviteGuestsBack invite) => invite.ExecuteAsync(CancellationToken.None));
    }

    private Task<List<string>> InvitationsToAsync(User guest) => house.ToldAsync(guest.Id, GuestMissed.RoutingKey);
}

/// <summary>Over HTTP, before anybody is written to.</summary>
[Collection(TravelGraph.Outages)]
public sealed class InactiveAccountsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = "/api/v1/operations/accounts/inactive";

    [Fact]
    public async Task An_operator_sees_page_by_page_who_will_be_written_to_and_no_whole_address()
    {
        var since = TimeProvider.System.GetUtcNow().AddDays(-500);
        List<User> guests = [.. Enumerable.Range(0, 3).Select(_ => Persons.New(since: since))];
        await house.AskAsync(db =>
        {
            db.Users.AddRange(guests);
            db.Users.Add(Persons.New());
            return db.SaveChangesAsync();
        });

        var first = await house.ReadAsync<Page<InactiveAccount>>($"{Address}?limit=2");
        var second = await house.ReadAsync<Page<InactiveAccount>>($"{Address}?limit=2&cursor={Uri.EscapeDataString(first.Next.ShouldNotBeNull())}");

        second.Next.ShouldBeNull();
        first.Items.Concat(second.Items).Select(account => account.Id).ShouldBe(guests.Select(guest => guest.Id).Order());
        first.Items.ShouldAllBe(account => account.Name == "Somebody" && account.Since == DateOnly.FromDateTime(since.UtcDateTime) && account.Email.EndsWith("***@example.org") && account.Email.Length == 16);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=nobody", "cursor")]
    [InlineData("since=2020-01-01", "since")]
    public async Task What_it_does_not_understand_it_refuses(string query, string field)
    {
        using var answer = await house.Operator.GetAsync($"{Address}?{query}");

        await answer.ShouldBeInvalidAsync(field);
    }
}
