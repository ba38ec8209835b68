using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Availability;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Caching;
using Travel.Domain.Listings;
using Travel.Domain.Reviews;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

/// <summary>
/// The database itself notes which transaction has changed what of which place, and so whether the same transaction has promised to tell of it: a
/// change that forgets its tags would be answered wrongly for an hour.
/// </summary>
[Collection(DatabaseServer.Collection)]
public sealed class ToldChangesTests(BookingHouse house) : IClassFixture<BookingHouse>, IAsyncLifetime
{
    private Place place = null!;

    public async Task InitializeAsync()
    {
        house.Clock.Now = BookingHouse.Now;
        place = await house.PlaceAsync();
        await house.AskAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS noted (change xid8, kind text, place uuid, tags text);
            TRUNCATE noted;
            CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_TABLE_NAME = 'outbox_messages' THEN
                    INSERT INTO noted VALUES (pg_current_xact_id(), 'told', NULL, NEW.body);
                ELSIF TG_TABLE_NAME = 'listings' THEN
                    INSERT INTO noted VALUES (pg_current_xact_id(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id), NULL);
                ELSE
                    INSERT INTO noted VALUES (pg_current_xact_id(), TG_TABLE_NAME, COALESCE(NEW.listing_id, OLD.listing_id), NULL);
                END IF;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON occupancies FOR EACH ROW EXECUTE FUNCTION note();
            CREATE OR REPLACE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON reviews FOR EACH ROW EXECUTE FUNCTION note();
            CREATE OR REPLACE TRIGGER note AFTER UPDATE OR DELETE ON listings FOR EACH ROW EXECUTE FUNCTION note();
            CREATE OR REPLACE TRIGGER note AFTER INSERT ON outbox_messages FOR EACH ROW WHEN (NEW.routing_key = 'cache.tags-touched') EXECUTE FUNCTION note();
            """));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Of_a_booking_that_is_made_and_cancelled()
    {
        var stay = await house.BookAsync(place, 10, 3);
        await ToldAsync(1);
        (await house.CancelAsync(new Caller(place.Host.Id), stay.Id)).ShouldBeOfType<BookingOutcome.Done>();
        await ToldAsync(2);
    }

    [Fact]
    public async Task Of_a_booking_that_is_refused_nothing_is_told()
    {
        await house.BookAsync(place, 10, 3);
        (await house.TryBookAsync(place, 11, 3)).ShouldBeOfType<BookStayOutcome.DatesUnavailable>();

        await ToldAsync(1);
        (await house.AskAsync(db => db.Outbox.CountAsync(row => row.RoutingKey == CacheTagsTouched.RoutingKey && row.Body.Contains($"{place.Id:N}")))).ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_hold_that_is_over_in_the_turn_of_whoever_comes_next()
    {
        place = await house.PlaceAsync(PaymentMode.Online);
        await house.BookAsync(place, 10, 3);
        house.Clock.Pass(TimeSpan.FromMinutes(16));
        await house.DoAsync((ExpireHolds expire) => expire.ExecuteAsync(CancellationToken.None));
        await ToldAsync(2);
    }

    [Fact]
    public async Task Of_a_request_that_is_accepted()
    {
        place = await house.PlaceAsync(booking: BookingMode.Request);
        var stay = await house.BookAsync(place, 10, 3);
        await ToldAsync(0);
        (await house.AcceptAsync(place, stay.Id)).ShouldBeOfType<BookingOutcome.Done>();
        await ToldAsync(1);
    }

    [Fact]
    public async Task Of_a_stay_that_is_changed_and_one_that_is_left_early()
    {
        var stay = await house.BookAsync(place, 10, 3);
        (await house.ChangeAsync(place, stay.Id, 11, 3)).ShouldBeOfType<BookingOutcome.Done>();
        await ToldAsync(2);
        house.Clock.Now = BookingHouse.Now.AddDays(12);
        (await house.DoAsync((LeaveEarly leave) => leave.ExecuteAsync(new Caller(place.Guest.Id), stay.Id, BookingHouse.Today.AddDays(13), CancellationToken.None)))
            .ShouldBeOfType<BookingOutcome.Done>();
        await ToldAsync(3);
    }

    [Fact]
    public async Task Of_a_dearer_change_that_is_held_and_not_paid()
    {
        place = await house.PlaceAsync(PaymentMode.Online);
        var stay = await house.BookPaidAsync(place, 10, 3);
        (await house.ChangeAsync(place, stay.Id, 20, 5)).ShouldBeOfType<BookingOutcome.Done>();
        await ToldAsync(2);
        house.Clock.Pass(TimeSpan.FromMinutes(16));
        await house.DoAsync((ExpireChanges expire) => expire.ExecuteAsync(CancellationToken.None));
        await ToldAsync(3);
    }

    [Fact]
    public async Task Of_nights_that_the_host_closes_and_opens()
    {
        var blocked = (await house.DoAsync((BlockNights block) => block.ExecuteAsync(
            place.Host.Id, place.Id, BookingHouse.NightsFrom(10, 3), note: null, "key", CancellationToken.None))).ShouldBeOfType<BlockNightsOutcome.Blocked>();
        await ToldAsync(1);
        (await house.DoAsync((OpenNights open) => open.ExecuteAsync(place.Id, blocked.Block.Id, CancellationToken.None))).ShouldBeTrue();
        await ToldAsync(2);
    }

    [Fact]
    public async Task Of_calendars_of_other_sites_that_come_and_go()
    {
        await ReplaceAsync(new ImportRequest("Elsewhere", "https://example.org/a.ics"));
        var import = await house.AskAsync(db => db.CalendarImports.Where(row => row.ListingId == place.Id).Select(row => row.Id).SingleAsync());
        await house.AskAsync(async db =>
        {
            db.ImportedEvents.Add(new ImportedEvent
            {
                Id = Guid.NewGuid(), ImportId = import, Uid = "1", FromOn = BookingHouse.Today.AddDays(5), ToOn = BookingHouse.Today.AddDays(7),
            });
            return await db.SaveChangesAsync();
        });
        await ReplaceAsync(new ImportRequest("Renamed", "https://example.org/a.ics"));
        await ToldAsync(1);
        await ReplaceAsync();
        await ToldAsync(2);

        Task ReplaceAsync(params ImportRequest[] imports) => house.DoAsync((ReplaceImports replace) => replace.ExecuteAsync(place.Id, imports, CancellationToken.None));
    }

    [Fact]
    public async Task Of_a_listing_that_is_suspended()
    {
        (await house.DoAsync((SuspendListing suspend) => suspend.ExecuteAsync(place.Id, place.Host.Id, "Not safe.", CancellationToken.None)))
            .ShouldBe(SuspendListingOutcome.Suspended);
        await ToldAsync(1);
    }

    [Fact]
    public async Task Of_a_review_and_its_reply()
    {
        var stay = await house.BookAsync(place, 1, 1);
        house.Clock.Now = BookingHouse.Now.AddDays(5);
        await house.DoAsync((CompleteStays complete) => complete.ExecuteAsync(CancellationToken.None));
        (await house.DoAsync((WriteReview write) => write.ExecuteAsync(new Reader(place.Guest.Id, IsOperator: false), stay.Id, 5, "Lovely.", CancellationToken.None)))
            .ShouldBeOfType<ReviewOutcome.Done>();
        await ToldAsync(2);
        (await house.DoAsync((ReplyToReview reply) => reply.ExecuteAsync(new Reader(place.Host.Id, IsOperator: false), stay.Id, "Come again.", CancellationToken.None)))
            .ShouldBeOfType<ReviewOutcome.Done>();
        await ToldAsync(3);
    }

    [Fact]
    public async Task Of_a_host_who_leaves()
    {
        await house.BookAsync(place, 1, 1);
        house.Clock.Now = BookingHouse.Now.AddDays(40);
        await house.DoAsync((CompleteStays complete) => complete.ExecuteAsync(CancellationToken.None));
        (await house.DoAsync((EraseAccount erase) => erase.ExecuteAsync(place.Host.Id, CancellationToken.None))).ShouldBe(EraseAccountOutcome.Erased);
        await ToldAsync(2);
    }

    /// <summary>Each transaction that changed something of the place has promised to tell of it, and there were so many.</summary>
    private async Task ToldAsync(int changes)
    {
        var noted = await house.AskAsync(db => db.Database.SqlQuery<Noted>(
            $"SELECT change::text AS \"Change\", kind AS \"Kind\", place AS \"Place\", tags AS \"Tags\" FROM noted").ToListAsync());
        var told = noted.Where(row => row.Tags is not null).ToLookup(row => row.Change, row => row.Tags!, StringComparer.Ordinal);
        var ofPlace = noted.Where(row => row.Place == place.Id).ToList();
        foreach (var (change, kind, _, _) in ofPlace)
        {
            foreach (var tag in TagsOf(kind))
            {
                told[change].ShouldContain(body => body.Contains($"\"{tag}\"", StringComparison.Ordinal), $"{kind} changed without {tag}");
            }
        }

        ofPlace.Select(row => row.Change).Distinct(StringComparer.Ordinal).Count().ShouldBe(changes);
    }

    private string[] TagsOf(string table) => table switch
    {
        "occupancies" => [CacheTags.NightsOf(place.Id), CacheTags.Nights],
        "reviews" => [CacheTags.ReviewsOf(place.Id)],
        _ => [CacheTags.Listing(place.Id), CacheTags.Listings],
    };

    private sealed record Noted(string Change, string Kind, Guid? Place, string? Tags);
}
