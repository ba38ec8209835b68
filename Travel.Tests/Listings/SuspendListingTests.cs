using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Npgsql;
using Travel.Api.Listings.Hosting;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Templates;

namespace Travel.Tests.Listings;

[Collection(DatabaseServer.Collection)]
public sealed class SuspendListingTests : IClassFixture<BookingHouse>
{
    private const string Reason = "The photos are of another place.";
    private static readonly TimeSpan LessThanItWaits = TimeSpan.FromSeconds(1.5);
    private readonly BookingHouse house;

    public SuspendListingTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Fact]
    public async Task What_is_booked_stays_booked_and_nothing_new_can_be()
    {
        var place = await house.PlaceAsync();
        var before = await house.BookAsync(place, 1, 2);

        (await SuspendAsync(place)).ShouldBe(SuspendListingOutcome.Suspended);

        (await house.TryBookAsync(place, 10, 2)).ShouldBeOfType<BookStayOutcome.NoSuchListing>();
        (await house.ChangeAsync(place, before.Id, 20, 2)).ShouldBeOfType<BookingOutcome.NotNow>().Type.ShouldBe(ProblemTypes.NotChangeable);
        (await house.StatusOfAsync(before.Id)).ShouldBe(BookingStatus.Confirmed);
        (await house.NightsOfAsync(before.Id)).ShouldBe([(1, 2)]);
        var listing = await ReadAsync(place);
        (listing.Status, listing.SuspendedAt, listing.SuspensionReason, listing.Version).ShouldBe((ListingStatus.Archived, BookingHouse.Now, Reason, place.Listing.Version + 1));
    }

    [Theory]
    [InlineData(PaymentMode.OnArrival)]
    [InlineData(PaymentMode.Online)]
    public async Task A_request_is_not_accepted_any_more_but_can_be_declined(PaymentMode payment)
    {
        var place = await house.PlaceAsync(payment, BookingMode.Request);
        var (first, second) = (await house.BookAsync(place, 1, 2), await house.BookAsync(place, 5, 2));
        await SuspendAsync(place);

        (await house.AcceptAsync(place, first.Id)).ShouldBeOfType<BookingOutcome.NotNow>().Type.ShouldBe(ProblemTypes.ListingSuspended);
        (await house.DoAsync((DeclineRequest decline) => decline.ExecuteAsync(new Caller(place.Host.Id), second.Id, reason: null, CancellationToken.None)))
            .ShouldBeOfType<BookingOutcome.Done>();
        (await house.StatusOfAsync(first.Id)).ShouldBe(BookingStatus.Requested);

        await LiftAsync(place);
        (await house.AcceptAsync(place, first.Id)).ShouldBeOfType<BookingOutcome.Done>();
    }

    [Fact]
    public async Task Its_host_publishes_it_no_sooner_than_it_is_lifted_and_the_database_sees_to_that_too()
    {
        var place = await CompletePlaceAsync();
        await SuspendAsync(place);

        (await PublishAsync(place)).ShouldBeOfType<ListingOutcome.Suspended>().Reason.ShouldBe(Reason);
        (await Should.ThrowAsync<PostgresException>(() => SetStatusAsync(place, ListingStatus.Published))).ConstraintName.ShouldBe("listings_suspended_not_published");

        (await LiftAsync(place)).ShouldBe(LiftSuspensionOutcome.Lifted);
        var lifted = await ReadAsync(place);
        (lifted.Status, lifted.SuspendedAt, lifted.SuspendedBy, lifted.SuspensionReason).ShouldBe((ListingStatus.Archived, null, null, null));
        (await PublishAsync(place)).ShouldBeOfType<ListingOutcome.Changed>().Listing.Status.ShouldBe(ListingStatus.Published);
        await house.BookAsync(place, 1, 2);
    }

    [Theory]
    [InlineData(ListingStatus.Draft)]
    [InlineData(ListingStatus.Archived)]
    public async Task One_that_guests_do_not_see_can_be_suspended_too(ListingStatus status)
    {
        var place = await house.PlaceAsync();
        await SetStatusAsync(place, status);

        (await SuspendAsync(place)).ShouldBe(SuspendListingOutcome.Suspended);

        (await PublishAsync(place)).ShouldBeOfType<ListingOutcome.Suspended>();
    }

    [Fact]
    public async Task A_booking_that_is_under_way_is_waited_for()
    {
        var place = await house.PlaceAsync();
        Task<SuspendListingOutcome>? suspension = null;

        await house.AskAsync(db => db.InTransactionAsync(
            async token =>
            {
                await db.LockListingAsync(place.Id, house.Clock, token);
                suspension = SuspendAsync(place);
                await Eventually.GetAsync(WaitingAsync, waiting => waiting > 0, LessThanItWaits, "the suspension waits for its turn");
                (await ReadAsync(place)).Status.ShouldBe(ListingStatus.Published);
                return place;
            },
            CancellationToken.None));

        (await suspension!).ShouldBe(SuspendListingOutcome.Suspended);
    }

    [Fact]
    public async Task Of_a_host_who_publishes_and_an_operator_who_suspends_at_the_same_moment_the_operator_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var place = await CompletePlaceAsync();
            await SetStatusAsync(place, ListingStatus.Archived);

            var publishing = Task.Run(() => PublishAsync(place));
            var suspending = Task.Run(() => SuspendAsync(place));

            (await suspending).ShouldBe(SuspendListingOutcome.Suspended);
            (await publishing).ShouldSatisfyAllConditions(
                outcome => (outcome is ListingOutcome.Changed or ListingOutcome.Suspended).ShouldBeTrue($"{outcome}"));
            var listing = await ReadAsync(place);
            (listing.Status, listing.SuspensionReason).ShouldBe((ListingStatus.Archived, Reason));
        }
    }

    [Fact]
    public async Task Of_many_guests_and_an_operator_at_the_same_moment_each_books_before_or_is_refused()
    {
        var place = await house.PlaceAsync();
        var booking = Enumerable.Range(0, 24).Select(number => Task.Run(() => house.TryBookAsync(place, 3 * number, 2))).ToList();

        var suspended = await Task.Run(() => SuspendAsync(place));

        var outcomes = await Task.WhenAll(booking);
        suspended.ShouldBe(SuspendListingOutcome.Suspended);
        outcomes.ShouldAllBe(outcome => outcome is BookStayOutcome.Booked || outcome is BookStayOutcome.NoSuchListing);
        (await house.AskAsync(db => db.Bookings.CountAsync(found => found.ListingId == place.Id))).ShouldBe(outcomes.Count(outcome => outcome is BookStayOutcome.Booked));
    }

    [Fact]
    public async Task Of_many_operators_one_suspends_it_and_it_is_told_and_recorded_once()
    {
        var place = await house.PlaceAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SuspendAsync(place))));

        outcomes.Count(outcome => outcome == SuspendListingOutcome.Suspended).ShouldBe(1);
        outcomes.Count(outcome => outcome == SuspendListingOutcome.SuspendedBefore).ShouldBe(7);
        (await house.ToldAsync(place.Id, ListingSuspended.RoutingKey)).ShouldHaveSingleItem();
        (await AuditAsync(place)).ShouldBe(["listing-suspended " + Reason]);
    }

    [Fact]
    public async Task Lifting_is_told_and_recorded_once_and_what_is_not_suspended_cannot_be_lifted()
    {
        var place = await house.PlaceAsync();
        (await LiftAsync(place)).ShouldBe(LiftSuspensionOutcome.NotSuspended);
        await SuspendAsync(place);
        house.Clock.Now += TimeSpan.FromDays(1);

        (await LiftAsync(place)).ShouldBe(LiftSuspensionOutcome.Lifted);
        (await LiftAsync(place)).ShouldBe(LiftSuspensionOutcome.NotSuspended);

        (await house.ToldAsync(place.Id, ListingSuspensionLifted.RoutingKey)).ShouldHaveSingleItem();
        (await AuditAsync(place)).ShouldBe(["listing-suspended " + Reason, "listing-suspension-lifted "]);
    }

    [Fact]
    public async Task What_is_not_there_is_neither_suspended_nor_lifted_and_nothing_is_told()
    {
        var nowhere = SampleListing.With();
        var place = new Place(nowhere, Persons.New(Role.Host), Persons.New());

        (await SuspendAsync(place)).ShouldBe(SuspendListingOutcome.NoSuchListing);
        (await LiftAsync(place)).ShouldBe(LiftSuspensionOutcome.NoSuchListing);

        (await AuditAsync(place)).ShouldBeEmpty();
        (await house.ToldAsync(place.Id, ListingSuspended.RoutingKey)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_host_reads_in_a_mail_why_and_later_that_it_is_over_and_never_what_is_not_so_any_more()
    {
        var place = await house.PlaceAsync();
        // Without one it would go with its host.
        await house.CancelAsync(new Caller(place.Guest.Id), (await house.BookAsync(place, 1, 2)).Id);
        await SuspendAsync(place);

        var suspended = await SuspendedMailAsync(place);
        (await LiftedMailAsync(place)).ShouldBeNull();
        await LiftAsync(place);
        var lifted = await LiftedMailAsync(place);
        (await SuspendedMailAsync(place)).ShouldBeNull();

        suspended.ShouldNotBeNull().RecipientId.ShouldBe(place.Host.Id);
        var text = LetterText.Of(await suspended.WriteAsync(CancellationToken.None));
        text.ShouldContain(place.Listing.Title);
        text.ShouldContain(Reason);
        text.ShouldContain($"https://travel.example/hosting/listings/{place.Id}");
        LetterText.Of(await lifted.ShouldNotBeNull().WriteAsync(CancellationToken.None)).ShouldContain("no longer suspended");
        (await house.DoAsync((EraseAccount erase) => erase.ExecuteAsync(place.Host.Id, CancellationToken.None))).ShouldBe(EraseAccountOutcome.Erased);
        (await LiftedMailAsync(place)).ShouldBeNull();
    }

    /// <summary>By an operator of its own.</summary>
    private async Task<SuspendListingOutcome> SuspendAsync(Place place)
    {
        var @operator = Persons.New(Role.Operator);
        await house.AskAsync(db =>
        {
            db.Users.Add(@operator);
            return db.SaveChangesAsync();
        });
        return await house.DoAsync((SuspendListing suspend) => suspend.ExecuteAsync(place.Id, @operator.Id, Reason, CancellationToken.None));
    }

    private Task<LiftSuspensionOutcome> LiftAsync(Place place) =>
        house.DoAsync((LiftSuspension lift) => lift.ExecuteAsync(place.Id, Guid.NewGuid(), CancellationToken.None));

    private Task<ListingOutcome> PublishAsync(Place place) => house.AskAsync(db =>
        new PublishListing(new ChangeListing(db, house.Clock), Options.Create(new PhotoOptions { NeededToPublish = 0 }), house.Clock)
            .PublishAsync(place.Host.Id, place.Id, CancellationToken.None));

    /// <summary>One that lacks nothing to be published.</summary>
    private async Task<Place> CompletePlaceAsync()
    {
        var place = await house.PlaceAsync();
        await house.AskAsync(db => db.Listings.Where(listing => listing.Id == place.Id)
            .ExecuteUpdateAsync(listing => listing.SetProperty(row => row.Description, Hosts.Description)));
        return place;
    }

    private Task<int> SetStatusAsync(Place place, ListingStatus status) => house.AskAsync(db => db.Listings.Where(listing => listing.Id == place.Id)
        .ExecuteUpdateAsync(listing => listing.SetProperty(row => row.Status, status)));

    private Task<Listing> ReadAsync(Place place) => house.AskAsync(db => db.Listings.AsNoTracking().SingleAsync(listing => listing.Id == place.Id));

    private Task<List<string>> AuditAsync(Place place) => house.AskAsync(db => db.Audit
        .Where(entry => entry.Subject == $"{place.Id}").OrderBy(entry => entry.Id).Select(entry => entry.Action + " " + entry.Reason).ToListAsync());

    private Task<int> WaitingAsync() => house.AskAsync(db => db.Database
        .SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM pg_locks
            WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """).SingleAsync());

    private Task<MailDraft?> SuspendedMailAsync(Place place) => MailAsync((db, texts, options) =>
        new SuspensionNotice(db, texts, options).DraftAsync(new ListingSuspended(place.Id, BookingHouse.Now), CancellationToken.None));

    private Task<MailDraft?> LiftedMailAsync(Place place) => MailAsync((db, texts, options) =>
        new SuspensionLiftedNotice(db, texts, options).DraftAsync(new ListingSuspensionLifted(place.Id, BookingHouse.Now), CancellationToken.None));

    private async Task<MailDraft?> MailAsync(Func<TravelDbContext, IStringLocalizer<MailTexts>, IOptions<MailOptions>, Task<MailDraft?>> draft)
    {
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        return await house.AskAsync(db => draft(
            db, services.GetRequiredService<IStringLocalizer<MailTexts>>(), Options.Create(new MailOptions { WebAddress = new Uri("https://travel.example") })));
    }
}
