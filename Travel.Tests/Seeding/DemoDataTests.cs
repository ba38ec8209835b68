using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Contracts.Bookings;
using Travel.Domain.Accounts;
using Travel.Domain.Operations;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;
using Travel.Worker.Seeding;

namespace Travel.Tests.Seeding;

/// <summary>What is true of the demo data, whatever the sentences say.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class DemoDataTests(SeededDatabase seeded) : IClassFixture<SeededDatabase>
{
    private static readonly DateOnly Anchor = DateOnly.FromDateTime(SeededDatabase.SeededAt.UtcDateTime);

    [Fact]
    public async Task There_are_as_many_of_each_as_promised()
    {
        (await seeded.Db.Listings.CountAsync()).ShouldBe(2000);
        (await seeded.Db.Users.CountAsync(user => user.Role == Role.Host)).ShouldBe(200);
        (await seeded.Db.Users.CountAsync(user => user.Role == Role.Guest)).ShouldBe(1000);
        (await seeded.Db.Bookings.CountAsync()).ShouldBe(20_000);
        (await seeded.Db.Reviews.CountAsync()).ShouldBeGreaterThan(5000);
        (await seeded.Db.Users.CountAsync(user => !seeded.Db.Listings.Any(listing => listing.HostId == user.Id) && user.Role == Role.Host)).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_but_the_demo_accounts_can_sign_in_and_every_address_is_reserved_for_tests()
    {
        (await seeded.Db.Users.Where(user => user.PasswordHash != null).Select(user => user.Email).ToListAsync())
            .ShouldBe(["guest@travel.test", "host@travel.test", "operator@travel.test"], ignoreOrder: true);
        (await seeded.Db.Users.CountAsync(user => !user.Email!.EndsWith("@travel.test"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_stay_is_either_over_and_completed_or_to_come_and_confirmed()
    {
        (await seeded.Db.Bookings.CountAsync(stay => stay.Status == BookingStatus.Completed && stay.CheckOutOn < Anchor)).ShouldBe(14_000);
        (await seeded.Db.Bookings.CountAsync(stay => stay.Status == BookingStatus.Confirmed && stay.CheckInOn > Anchor)).ShouldBe(6_000);
        (await seeded.Db.Bookings.CountAsync(stay => stay.CreatedAt > SeededDatabase.SeededAt)).ShouldBe(0);
        (await seeded.Db.Timeline.CountAsync(entry => entry.At > SeededDatabase.SeededAt)).ShouldBe(0);
    }

    [Fact]
    public async Task No_two_stays_of_a_listing_and_no_two_of_a_guest_share_a_night()
    {
        var shared = await seeded.Db.Database.SqlQuery<int>(
            $"""
            SELECT count(*)::int AS "Value"
            FROM bookings a JOIN bookings b ON a.id < b.id AND (a.listing_id = b.listing_id OR a.guest_id = b.guest_id)
                AND a.check_in_on < b.check_out_on AND b.check_in_on < a.check_out_on
            """).SingleAsync();

        shared.ShouldBe(0);
    }

    [Fact]
    public async Task Every_stay_has_its_nights_its_history_and_its_price()
    {
        var wrong = await seeded.Db.Database.SqlQuery<string>(
            $"""
            SELECT stay.reference AS "Value"
            FROM bookings stay JOIN listings listing ON listing.id = stay.listing_id
            WHERE NOT EXISTS (
                    SELECT FROM occupancies nights
                    WHERE nights.owner_id = stay.id AND nights.listing_id = stay.listing_id AND nights.active
                        AND nights.stay = daterange(stay.check_in_on, stay.check_out_on))
                OR stay.total_minor_units <> listing.cleaning_fee_minor_units
                    + greatest(0, stay.guests - coalesce(listing.included_guests, listing.max_guests))
                        * listing.extra_guest_fee_minor_units * (stay.check_out_on - stay.check_in_on)
                    + (SELECT sum(coalesce(
                            season.price_per_night_minor_units,
                            CASE WHEN extract(dow FROM night)::integer = ANY (listing.weekend_nights) THEN listing.weekend_price_minor_units END,
                            listing.price_per_night_minor_units))
                        FROM generate_series(stay.check_in_on, stay.check_out_on - 1, interval '1 day') night
                        LEFT JOIN listing_seasons season ON season.listing_id = listing.id AND night >= season.from_on AND night < season.to_on)
                OR stay.guests > listing.max_guests
                OR stay.check_out_on - stay.check_in_on NOT BETWEEN listing.min_nights AND listing.max_nights
                OR stay.created_at < listing.created_at
                OR (SELECT (array_agg(event ORDER BY id))[stay.version] || count(*) FROM booking_timeline WHERE booking_id = stay.id)
                    IS DISTINCT FROM lower(stay.status) || stay.version
            """).ToListAsync();

        wrong.ShouldBeEmpty();
        (await seeded.Db.Occupancies.CountAsync()).ShouldBe(20_000);
        (await seeded.Db.Outbox.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_stay_is_paid_as_its_place_says_and_what_is_paid_online_has_been_paid_while_it_was_held()
    {
        var wrong = await seeded.Db.Database.SqlQuery<string>(
            $"""
            SELECT stay.reference AS "Value"
            FROM bookings stay
            JOIN listings listing ON listing.id = stay.listing_id
            LEFT JOIN payments paid ON paid.booking_id = stay.id
            WHERE stay.payment_mode <> listing.payment_mode
                OR (stay.payment_mode = 'Online') <> (paid.id IS NOT NULL)
                OR paid.state <> 'Paid' OR paid.mode <> 'test' OR paid.amount_minor_units <> stay.total_minor_units OR paid.guest_id <> stay.guest_id
                OR (paid.id IS NOT NULL AND (paid.gateway_reference IS NULL OR paid.method IS NULL))
                -- More than Chapa takes at once.
                OR paid.amount_minor_units > 100000000
                OR paid.created_at < stay.created_at
                OR paid.settled_at <> (SELECT at FROM booking_timeline line WHERE line.booking_id = stay.id AND event = 'confirmed')
                OR paid.settled_at > (SELECT at + interval '15 minutes' FROM booking_timeline line WHERE line.booking_id = stay.id AND event = 'held')
                OR paid.settled_at >= stay.check_in_on
                OR (SELECT array_agg(account || minor_units || currency || event ORDER BY account) FROM ledger_entries entry WHERE entry.payment_id = paid.id AND entry.at = paid.settled_at)
                    IS DISTINCT FROM CASE WHEN paid.id IS NOT NULL THEN ARRAY[
                        'Gateway' || stay.total_minor_units || stay.currency || 'received', 'Stay' || -stay.total_minor_units || stay.currency || 'received'] END
            """).ToListAsync();

        wrong.ShouldBeEmpty();
        (await seeded.Db.Payments.CountAsync()).ShouldBeGreaterThan(5000);
    }

    [Fact]
    public async Task What_is_compared_with_the_gateway_has_no_payment_that_it_has_never_heard_of() =>
        (await seeded.Db.Payments.CountAsync(payment => payment.CreatedAt > SeededDatabase.SeededAt - Payment.Watch - TimeSpan.FromDays(2))).ShouldBe(0);

    [Fact]
    public async Task Whatever_must_be_true_of_live_data_is_true_of_it() =>
        (await new CheckInvariants(seeded.Db, NullLogger<CheckInvariants>.Instance).ExecuteAsync(CancellationToken.None))
            .SelectMany(breach => breach.Rows.Select(row => $"{breach.Invariant.Rule} {row}")).ShouldBeEmpty();

    [Fact]
    public async Task Only_guests_whose_stay_is_completed_have_reviewed_it_and_afterwards()
    {
        var reviewed = await (
            from review in seeded.Db.Reviews
            join stay in seeded.Db.Bookings on review.BookingId equals stay.Id
            select new { review, stay }).ToListAsync();

        reviewed.ShouldAllBe(row => row.stay.Status == BookingStatus.Completed
            && row.review.GuestId == row.stay.GuestId
            && row.review.ListingId == row.stay.ListingId
            && DateOnly.FromDateTime(row.review.CreatedAt.UtcDateTime) >= row.stay.CheckOutOn.AddDays(-1)
            && row.review.CreatedAt < SeededDatabase.SeededAt
            && !(row.review.RepliedAt >= SeededDatabase.SeededAt)
            && !row.review.Text.Contains('{'));
    }

    [Fact]
    public async Task A_listing_is_rated_what_its_reviews_come_to()
    {
        var reviews = (await seeded.Db.Reviews.AsNoTracking().ToListAsync()).ToLookup(review => review.ListingId, review => (decimal)review.Rating);

        foreach (var listing in await seeded.Db.Listings.AsNoTracking().ToListAsync())
        {
            listing.ReviewCount.ShouldBe(reviews[listing.Id].Count(), listing.Slug);
            listing.Rating.ShouldBe(
                reviews.Contains(listing.Id) ? decimal.Round(reviews[listing.Id].Average(), 2, MidpointRounding.AwayFromZero) : null, listing.Slug);
        }
    }

    [Fact]
    public async Task Listings_written_by_hand_come_first_and_are_free_from_today_on()
    {
        var first = await seeded.Db.Listings.OrderByDescending(listing => listing.Id).Take(200).Select(listing => new { listing.Id, listing.Slug }).ToListAsync();

        first.Select(listing => listing.Slug).ShouldBe(SeedListing.ReadAll().Select(seed => seed.Slug));
        var ids = first.Select(listing => listing.Id).ToList();
        (await seeded.Db.Bookings.CountAsync(stay => ids.Contains(stay.ListingId) && stay.CheckOutOn >= Anchor)).ShouldBe(0);
        (await seeded.Db.Bookings.CountAsync(stay => ids.Contains(stay.ListingId))).ShouldBeGreaterThan(1000);
    }
}
