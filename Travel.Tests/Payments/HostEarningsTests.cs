using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Travel.Api.Payments;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

[Collection(TravelGraph.Collection)]
public sealed class HostEarningsTests(TravelGraph graph)
{
    // What past stays of the fixtures cost, when they were booked and when they ended.
    private static readonly Money Total = SampleMoney.Price * 2;
    private static readonly DateTimeOffset PaidAt = new(2026, 2, 1, 12, 10, 0, TimeSpan.Zero);
    private static readonly DateOnly Departure = new(2026, 3, 4);

    [Fact]
    public async Task A_stay_that_is_over_earns_what_was_received_for_it_and_one_that_is_not_over_will()
    {
        var (host, guest) = await PersonsAsync();
        var place = await ListingAsync(host);
        var over = await graph.StayAsync(place, guest);
        await graph.PaidAsync(over, PaidAt);
        var toCome = await graph.StayAsync(place, guest, BookingStatus.Confirmed);
        await graph.PaidAsync(toCome, PaidAt);
        // Cancelled in time, and nothing was kept.
        var cancelled = await graph.StayAsync(await ListingAsync(host, PaymentMode.OnArrival), guest, BookingStatus.Cancelled);
        await using var db = await graph.DatabaseAsync();
        await db.Bookings.Where(row => row.Id == cancelled.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(stay => stay.CheckInOn, Departure.AddDays(-2)).SetProperty(stay => stay.CheckOutOn, Departure));
        // Nothing was ever received for this one.
        await graph.StayAsync(await ListingAsync(host), guest);

        var earnings = await EarningsAsync(host, "?from=2026-03-01&to=2026-03-31");

        earnings.Items.ShouldHaveSingleItem().ShouldBe(new Earning(
            over.Id, over.Reference, place.Title, "Somebody", Departure.AddDays(-2), Departure, BookingStatus.Completed, PaymentMode.Online, EarningKind.Stay,
            Departure, Total));
        earnings.Totals.ShouldHaveSingleItem().ShouldBe(new EarningsTotal("ETB", Payout: Total, OnArrival: Birr(0), Upcoming: Total));
    }

    [Fact]
    public async Task What_is_paid_at_the_place_is_listed_and_paid_out_to_nobody()
    {
        var (host, guest) = await PersonsAsync();
        await graph.StayAsync(await ListingAsync(host, PaymentMode.OnArrival), guest);

        var earnings = await EarningsAsync(host, "?from=2026-03-01&to=2026-03-31");

        earnings.Items.ShouldHaveSingleItem().PaymentMode.ShouldBe(PaymentMode.OnArrival);
        earnings.Totals.ShouldHaveSingleItem().ShouldBe(new EarningsTotal("ETB", Birr(0), OnArrival: Total, Birr(0)));
    }

    [Theory]
    [InlineData("2026-04-01", "2026-04-01", 50_000)]
    [InlineData("2026-03-31", "2026-03-31", null)]
    [InlineData("2026-04-02", "2026-04-30", -20_000)]
    public async Task What_a_cancellation_kept_is_earned_on_that_day_at_the_place_and_what_was_given_back_of_it_on_the_day_it_was(string from, string to, int? earned)
    {
        var (host, guest) = await PersonsAsync();
        // Where the first of April begins fourteen hours before it does by UTC.
        var booking = await graph.StayAsync(await ListingAsync(host, timeZone: "Pacific/Kiritimati"), guest, BookingStatus.Cancelled);
        var payment = await graph.PaidAsync(booking, PaidAt);
        await graph.KeptAsync(payment, 30_000, new DateTimeOffset(2026, 3, 31, 10, 0, 0, TimeSpan.Zero));
        await graph.KeptAsync(payment, 20_000, new DateTimeOffset(2026, 4, 1, 9, 59, 59, TimeSpan.Zero));
        await graph.KeptAsync(payment, -20_000, new DateTimeOffset(2026, 4, 1, 10, 0, 0, TimeSpan.Zero));

        var earnings = await EarningsAsync(host, $"?from={from}&to={to}");

        if (earned is { } minorUnits)
        {
            var fee = earnings.Items.ShouldHaveSingleItem();
            (fee.Kind, fee.Status, fee.Amount).ShouldBe((EarningKind.CancellationFee, BookingStatus.Cancelled, Birr(minorUnits)));
            earnings.Totals.ShouldHaveSingleItem().Payout.ShouldBe(Birr(minorUnits));
        }
        else
        {
            earnings.Items.ShouldBeEmpty();
            earnings.Totals.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("?from=2026-03-04&to=2026-03-04", 1)]
    [InlineData("?to=2026-03-03", 0)]
    [InlineData("?from=2026-03-05", 0)]
    [InlineData("?from=2026-03-02", 1)]
    [InlineData("?to=2026-03-31", 1)]
    [InlineData("?from=2025-03-05&to=2026-03-05", 1)]
    public async Task Both_days_are_included_and_one_that_is_not_said_is_that_of_the_others_month(string query, int earnings)
    {
        var (host, guest) = await PersonsAsync();
        await graph.PaidAsync(await graph.StayAsync(await ListingAsync(host), guest), PaidAt);

        (await EarningsAsync(host, query)).Items.Count.ShouldBe(earnings);
    }

    [Fact]
    public async Task Without_days_it_is_this_month_and_others_earnings_are_theirs()
    {
        var (host, guest) = await PersonsAsync();
        var (other, _) = await PersonsAsync();
        await graph.PaidAsync(await graph.StayAsync(await ListingAsync(host), guest, BookingStatus.Confirmed), PaidAt);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        var earnings = await EarningsAsync(other, "");

        earnings.From.ShouldBe(new DateOnly(today.Year, today.Month, 1));
        earnings.To.ShouldBe(earnings.From.AddMonths(1).AddDays(-1));
        (earnings.Items.Count, earnings.Totals.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("?from=2026-03-02&to=2026-03-01", "to")]
    [InlineData("?from=2025-03-05&to=2026-03-06", "to")]
    [InlineData("?from=1999-12-31&to=2000-01-02", "from")]
    [InlineData("?to=9999-12-31", "to")]
    [InlineData("?from=02.03.2026", "from")]
    [InlineData("?month=2026-03", "month")]
    public async Task Days_that_cannot_be_are_refused(string query, string field)
    {
        using var client = graph.As((await PersonsAsync()).Host);
        foreach (var path in new[] { "/api/v1/host/earnings", "/api/v1/host/earnings.csv" })
        {
            using var answer = await client.GetAsync(path + query);
            await answer.ShouldBeInvalidAsync(field);
        }
    }

    [Fact]
    public async Task The_file_has_a_line_for_each_earning_and_nothing_that_a_spreadsheet_would_work_out()
    {
        var (host, guest) = await PersonsAsync("=cmd|' /C calc'!A0");
        var online = await graph.StayAsync(await ListingAsync(host, title: "\"Blue\" house, upper floor"), guest);
        await graph.PaidAsync(online, PaidAt);
        var atThePlace = await graph.StayAsync(await ListingAsync(host, PaymentMode.OnArrival, title: "+1 house"), guest);
        var cancelled = await graph.StayAsync(await ListingAsync(host, title: "ጎጆ ቤት"), guest, BookingStatus.Cancelled);
        await graph.KeptAsync(await graph.PaidAsync(cancelled, PaidAt), 30_000, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
        using var client = graph.As(host);

        using var answer = await client.GetAsync("/api/v1/host/earnings.csv?from=2026-03-01&to=2026-03-31");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("travel-earnings-2026-03-01-2026-03-31.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        lines[0].ShouldBe("earned_on,kind,payment_mode,booking,listing,guest,check_in,check_out,status,amount,payout,currency");
        lines[1].ShouldBe($"2026-03-01,cancellationFee,online,{cancelled.Reference},ጎጆ ቤት,'=cmd|' /C calc'!A0,2027-03-02,2027-03-04,cancelled,300.00,300.00,ETB");
        lines[2..4].ShouldBe(
            [
                $"2026-03-04,stay,online,{online.Reference},\"\"\"Blue\"\" house, upper floor\",'=cmd|' /C calc'!A0,2026-03-02,2026-03-04,completed,2500.00,2500.00,ETB",
                $"2026-03-04,stay,onArrival,{atThePlace.Reference},'+1 house,'=cmd|' /C calc'!A0,2026-03-02,2026-03-04,completed,2500.00,0.00,ETB",
            ],
            ignoreOrder: true);
        lines[4..].ShouldBe([""]);
    }

    [Fact]
    public async Task However_much_was_earned_it_takes_three_queries()
    {
        var (host, guest) = await PersonsAsync();
        var counter = new Counter();
        await using var plain = await graph.DatabaseAsync();
        await using var db = new TravelDbContext(
            new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(plain.Database.GetConnectionString()).AddInterceptors(counter).Options);
        for (var stays = 1; stays <= 3; stays++)
        {
            var payment = await graph.PaidAsync(await graph.StayAsync(await ListingAsync(host), guest), PaidAt);
            await graph.KeptAsync(payment, 10_000, PaidAt);
            counter.Queries = 0;

            var earnings = await EarningsReads.FindAsync(db, host.Id, new EarningsSpan(new(2026, 1, 1), new(2026, 12, 31)), CancellationToken.None);

            earnings.Items.Count.ShouldBe(2 * stays);
            counter.Queries.ShouldBe(3);
        }
    }

    private static Money Birr(long minorUnits) => new(minorUnits, Currencies.EthiopianBirr);

    private async Task<(User Host, User Guest)> PersonsAsync(string? guestName = null)
    {
        var persons = await graph.PersonsAsync(Role.Host, Role.Guest);
        if (guestName is not null)
        {
            await using var db = await graph.DatabaseAsync();
            await db.Users.Where(user => user.Id == persons[1].Id).ExecuteUpdateAsync(user => user.SetProperty(row => row.DisplayName, guestName));
        }

        return (persons[0], persons[1]);
    }

    /// <summary>One that no guest can find.</summary>
    private async Task<Listing> ListingAsync(
        User host, PaymentMode payment = PaymentMode.Online, string title = "Lake house", string timeZone = "Africa/Addis_Ababa")
    {
        var listing = SampleListing.With(
            title, timeZone, hostId: host.Id, slug: $"hidden-{Guid.NewGuid():N}", status: ListingStatus.Archived, payment: payment);
        await using var db = await graph.DatabaseAsync();
        db.Listings.Add(listing);
        await db.SaveChangesAsync();
        return listing;
    }

    private async Task<EarningsResponse> EarningsAsync(User host, string query)
    {
        using var client = graph.As(host);
        return await client.GetAsync("/api/v1/host/earnings" + query).ReadAsync<EarningsResponse>();
    }

    private sealed class Counter : DbCommandInterceptor
    {
        public int Queries { get; set; }

        public override ValueTask<InterceptionResult<System.Data.Common.DbDataReader>> ReaderExecutingAsync(
            System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<System.Data.Common.DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Queries++;
            return ValueTask.FromResult(result);
        }
    }
}
