using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.Contracts.Reviews;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.Domain.Reviews;
using Travel.Tests.Fixtures;
using Travel.Worker.Accounts;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Tests.Mail;

/// <summary>Between an event and its mail time goes by: what is not so any more is not written.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class WithheldMailTests : IClassFixture<BookingHouse>, IDisposable
{
    private static readonly MailOptions Web = new() { WebAddress = new Uri("https://travel.example") };
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
    private readonly BookingHouse house;

    public WithheldMailTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    private IStringLocalizer<MailTexts> Texts => services.GetRequiredService<IStringLocalizer<MailTexts>>();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Of_a_hold_its_guest_hears_while_it_is_one()
    {
        var place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookAsync(place, 10, 2);
        var held = new BookingHeld(stay.Id, Version: 1, stay.HoldExpiresAt!.Value, BookingHouse.Now);

        var letter = await WriteAsync(db => new HoldNotice(Letters(db), house.Clock).DraftAsync(held, CancellationToken.None), place.Guest);
        letter.ShouldNotBeNull().Link.ShouldNotBeNull().Address.ShouldBe(new Uri($"https://travel.example/trips/{stay.Id}/payment"));
        await MoveAsync(stay.Id, booking => booking.Pay(BookingHouse.Now));

        (await WriteAsync(db => new HoldNotice(Letters(db), house.Clock).DraftAsync(held, CancellationToken.None), place.Guest)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_is_told_to_pay_or_to_answer_when_the_time_for_it_is_over()
    {
        var (online, asking) = (await house.PlaceAsync(PaymentMode.Online), await house.PlaceAsync(PaymentMode.Online, BookingMode.Request));
        var stay = await house.BookAsync(online, 10, 2);
        var held = new BookingHeld(stay.Id, Version: 1, stay.HoldExpiresAt!.Value, BookingHouse.Now);
        var request = await house.BookAsync(asking, 10, 2);
        var requested = new BookingRequested(request.Id, Version: 1, BookingHouse.Now);

        await TellsUntilAsync(held.HoldExpiresAt, (db, clock) => new HoldNotice(Letters(db), clock).DraftAsync(held, CancellationToken.None), online.Guest);
        await TellsUntilAsync(
            request.RequestExpiresAt!.Value, (db, clock) => new RequestReceived(Letters(db), clock).DraftAsync(requested, CancellationToken.None), asking.Host);
        var until = (await house.AcceptAsync(asking, request.Id)).ShouldBeOfType<BookingOutcome.Done>().Booking.HoldExpiresAt!.Value;
        var accepted = new BookingAccepted(request.Id, Version: 2, until, BookingHouse.Now);
        await TellsUntilAsync(until, (db, clock) => new RequestAccepted(Letters(db), clock).DraftAsync(accepted, CancellationToken.None), asking.Guest);

        async Task TellsUntilAsync(DateTimeOffset end, Func<TravelDbContext, TimeProvider, Task<MailDraft?>> draftAsync, User reader)
        {
            (await WriteAsync(db => draftAsync(db, new SetClock(end.AddSeconds(-1))), reader)).ShouldNotBeNull();
            (await WriteAsync(db => draftAsync(db, new SetClock(end)), reader)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Of_a_payment_in_doubt_its_guest_hears_while_it_is_in_doubt()
    {
        var (stay, payment) = await house.AskAsync(async db =>
        {
            var held = await OnlineStay.HeldAsync(db, BookingHouse.Now);
            return (held, await held.AttemptAsync(opened: true, attempt => attempt.Doubt()));
        });
        var guest = await house.AskAsync(db => db.Users.SingleAsync(user => user.Id == stay.Booking.GuestId));
        var doubted = new PaymentUnknown(payment.Id, stay.Booking.Id, Version: 1, BookingHouse.Now);

        (await WriteAsync(db => new PaymentInDoubt(Letters(db), db).DraftAsync(doubted, CancellationToken.None), guest)).ShouldNotBeNull();
        await house.AskAsync(db => db.Payments.Where(attempt => attempt.Id == payment.Id)
            .ExecuteUpdateAsync(attempt => attempt.SetProperty(row => row.State, PaymentState.Pending)));

        (await WriteAsync(db => new PaymentInDoubt(Letters(db), db).DraftAsync(doubted, CancellationToken.None), guest)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_is_reminded_of_a_stay_that_is_off_has_begun_or_begins_on_another_day()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 2);
        var due = new CheckInReminderDue(stay.Id, Version: 1, stay.CheckIn);
        var checkIn = new DateTimeOffset(stay.CheckIn, new TimeOnly(11, 0), TimeSpan.Zero);

        (await RemindAsync(due, checkIn.AddMinutes(-1))).ShouldNotBeNull().Closing.ShouldHaveSingleItem().ShouldStartWith("You pay on arrival");
        (await RemindAsync(due, checkIn)).ShouldBeNull();
        (await RemindAsync(due with { CheckInOn = stay.CheckIn.AddDays(-1) }, BookingHouse.Now)).ShouldBeNull();
        await MoveAsync(stay.Id, booking => booking.Cancel(place.Guest.Id, reason: null, BookingHouse.Now));
        (await RemindAsync(due, BookingHouse.Now)).ShouldBeNull();

        Task<Letter?> RemindAsync(CheckInReminderDue message, DateTimeOffset at) =>
            WriteAsync(db => new CheckInReminder(Letters(db), new SetClock(at)).DraftAsync(message, CancellationToken.None), place.Guest);
    }

    [Fact]
    public async Task Who_has_reviewed_a_stay_by_now_is_not_asked_to()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 2);
        var due = new ReviewInvitationDue(stay.Id, Version: 2);
        (await InviteAsync()).ShouldBeNull();
        await MoveAsync(stay.Id, booking => booking.Complete(BookingHouse.Now.AddDays(20)));
        (await InviteAsync()).ShouldNotBeNull().Subject.ShouldBe($"How was your stay at {place.Listing.Title}? ({stay.Reference})");

        await house.AskAsync(db =>
        {
            db.Reviews.Add(new Review
            {
                Id = Guid.CreateVersion7(), BookingId = stay.Id, ListingId = place.Id, GuestId = place.Guest.Id, Rating = 5, Text = "Fine.", CreatedAt = BookingHouse.Now,
            });
            return db.SaveChangesAsync();
        });

        (await InviteAsync()).ShouldBeNull();

        Task<Letter?> InviteAsync() => WriteAsync(db => new ReviewInvitation(Letters(db), db).DraftAsync(due, CancellationToken.None), place.Guest);
    }

    [Fact]
    public async Task A_hosts_morning_is_not_told_the_day_after_and_not_when_nothing_of_it_is_left()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 2);
        var due = new HostDigestDue(place.Host.Id, stay.CheckIn, "Africa/Addis_Ababa");
        var midnight = new DateTimeOffset(stay.CheckIn, new TimeOnly(21, 0), TimeSpan.Zero);

        (await DigestAsync(midnight.AddMinutes(-1))).ShouldNotBeNull().Facts.ShouldHaveSingleItem().Value.ShouldContain(stay.Reference);
        (await DigestAsync(midnight)).ShouldBeNull();
        await MoveAsync(stay.Id, booking => booking.Cancel(place.Guest.Id, reason: null, BookingHouse.Now));
        (await DigestAsync(midnight.AddMinutes(-1))).ShouldBeNull();

        Task<Letter?> DigestAsync(DateTimeOffset at) =>
            WriteAsync(db => new HostDigestMail(db, Texts, Options.Create(Web), new SetClock(at)).DraftAsync(due, CancellationToken.None), place.Host);
    }

    [Fact]
    public async Task Who_is_no_operator_any_more_gets_no_report()
    {
        var reader = Persons.New(Role.Operator);
        await AddAsync(reader);
        var due = new WeeklyReportDue(reader.Id, new DateOnly(2027, 2, 22), new DateOnly(2027, 3, 1));

        (await ReportAsync()).ShouldNotBeNull().Subject.ShouldBe("Travel from 22 February 2027 to 28 February 2027");
        await house.AskAsync(db => db.Users.Where(user => user.Id == reader.Id).ExecuteUpdateAsync(user => user.SetProperty(row => row.Role, Role.Guest)));
        (await ReportAsync()).ShouldBeNull();

        Task<Letter?> ReportAsync() => WriteAsync(db => new WeeklyReportMail(db, Texts, Options.Create(Web)).DraftAsync(due, CancellationToken.None), reader);
    }

    [Fact]
    public async Task Who_has_booked_by_now_is_not_missed_and_who_never_has_is_not_told_of_a_last_time()
    {
        var place = await house.PlaceAsync();
        var guest = Persons.New(since: BookingHouse.Now.AddDays(-700));
        await AddAsync(guest);
        var missed = new GuestMissed(guest.Id, BookingHouse.Today.AddDays(-700));

        var invitation = (await InviteAsync()).ShouldNotBeNull();
        invitation.Link.ShouldNotBeNull().Address.ShouldBe(new Uri("https://travel.example/stays"));
        invitation.Lead[0].ShouldStartWith("You have not booked a stay with us for a year or more.");
        (await house.TryBookAsync(place, 10, 2, guest: guest.Id)).ShouldBeOfType<BookStayOutcome.Booked>();
        (await InviteAsync()).ShouldBeNull();

        Task<Letter?> InviteAsync() => WriteAsync(db => new InvitationBack(db, Texts, Options.Create(Web)).DraftAsync(missed, CancellationToken.None), guest);
    }

    [Fact]
    public async Task Whose_account_has_been_erased_by_now_gets_nothing()
    {
        var place = await house.PlaceAsync();
        var stay = await house.BookAsync(place, 10, 2);
        var away = Persons.New(since: BookingHouse.Now.AddDays(-700));
        var reader = Persons.New(Role.Operator);
        await AddAsync(away);
        await AddAsync(reader);
        // Who the last operator is stays.
        await AddAsync(Persons.New(Role.Operator));
        await MoveAsync(stay.Id, booking => booking.Complete(BookingHouse.Now.AddDays(12)));
        var week = new WeeklyReportDue(reader.Id, new DateOnly(2027, 2, 22), new DateOnly(2027, 3, 1));
        Func<TravelDbContext, Task<MailDraft?>>[] letters =
        [
            db => new ReviewInvitation(Letters(db), db).DraftAsync(new ReviewInvitationDue(stay.Id, Version: 2), CancellationToken.None),
            db => new InvitationBack(db, Texts, Options.Create(Web)).DraftAsync(new GuestMissed(away.Id, BookingHouse.Today.AddDays(-700)), CancellationToken.None),
            db => new WeeklyReportMail(db, Texts, Options.Create(Web)).DraftAsync(week, CancellationToken.None),
        ];
        foreach (var letter in letters)
        {
            (await house.AskAsync(letter)).ShouldNotBeNull().ToAddress.ShouldNotBeNull();
        }

        foreach (var person in new[] { place.Guest, away, reader })
        {
            (await house.DoAsync((EraseAccount erase) => erase.ExecuteAsync(person.Id, CancellationToken.None))).ShouldBe(EraseAccountOutcome.Erased);
        }

        foreach (var letter in letters)
        {
            (await house.AskAsync(letter))?.ToAddress.ShouldBeNull();
        }
    }

    private BookingLetters Letters(TravelDbContext db) => new(db, Texts, Options.Create(Web), Options.Create(new BookingOptions()));

    /// <returns>Null when there is nothing to say any more.</returns>
    private Task<Letter?> WriteAsync(Func<TravelDbContext, Task<MailDraft?>> draftAsync, User reader) => house.AskAsync(async db =>
    {
        if (await draftAsync(db) is not { } draft)
        {
            return null;
        }

        (draft.RecipientId, draft.ToAddress).ShouldBe((reader.Id, reader.Email));
        return await draft.WriteAsync(CancellationToken.None);
    });

    private Task<int> MoveAsync(Guid stay, Action<Booking> move) => house.AskAsync(async db =>
    {
        move(await db.Bookings.SingleAsync(booking => booking.Id == stay));
        return await db.SaveChangesAsync();
    });

    private Task<int> AddAsync(User person) => house.AskAsync(db =>
    {
        db.Users.Add(person);
        return db.SaveChangesAsync();
    });
}
