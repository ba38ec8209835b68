using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Operations;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(DatabaseServer.Collection)]
public sealed class ReportWeekTests : IClassFixture<BookingHouse>
{
    private const string Auckland = "Pacific/Auckland";
    private static readonly DateOnly Monday = new(2026, 6, 1);
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);
    private readonly BookingHouse house;

    public ReportWeekTests(BookingHouse house) => (this.house, house.Clock.Now) = (house, BookingHouse.Now);

    [Theory]
    [InlineData("2026-12-21T06:00:00Z", "Etc/UTC", "2026-12-14")]
    [InlineData("2026-12-20T23:59:59Z", "Etc/UTC", "2026-12-07")]
    [InlineData("2026-12-23T12:00:00Z", "Etc/UTC", "2026-12-14")]
    [InlineData("2027-01-04T00:00:00Z", "Etc/UTC", "2026-12-28")]
    [InlineData("2026-12-21T06:00:00+13:00", Auckland, "2026-12-14")]
    [InlineData("2026-12-20T23:59:59+13:00", Auckland, "2026-12-07")]
    [InlineData("2026-12-21T06:00:00-08:00", "America/Los_Angeles", "2026-12-14")]
    [InlineData("2026-12-21T06:00:00Z", "America/Los_Angeles", "2026-12-07")]
    public void The_last_week_is_the_last_that_is_over_there_from_Monday_to_Monday(string now, string zone, string monday)
    {
        var (from, to) = WeeklyReport.LastBefore(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), zone);

        from.ShouldBe(DateOnly.Parse(monday, System.Globalization.CultureInfo.InvariantCulture));
        to.ShouldBe(from.AddDays(7));
    }

    [Theory]
    [InlineData("Etc/UTC", "2026-06-01T00:00:00Z")]
    [InlineData(Auckland, "2026-06-01T00:00:00+12:00")]
    public async Task A_week_is_what_began_in_it_by_the_clock_there_and_all_is_what_there_was_by_its_end(string zone, string midnight)
    {
        var begin = DateTimeOffset.Parse(midnight, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
        var end = begin.AddDays(7);
        await house.AskAsync(db => db.Database.ExecuteSqlAsync($"TRUNCATE users CASCADE"));
        await house.AskAsync(async db =>
        {
            var host = Persons.New(Role.Host, since: begin);
            var before = Persons.New(since: begin - Moment);
            db.Users.AddRange(
                host, before, Persons.New(since: begin), Persons.New(since: end - Moment), Persons.New(since: end), Persons.New(verified: false, since: begin), Persons.New(Role.Operator, since: begin));
            var birr = SampleListing.With(hostId: host.Id, slug: $"birr-{host.Id:N}");
            var dollars = SampleListing.With(hostId: host.Id, slug: $"dollars-{host.Id:N}", price: new Money(5_000, Currencies.UsDollar));
            db.Listings.AddRange(birr, dollars);
            var cancelled = Stay(birr, before, begin);
            cancelled.Cancel(before.Id, reason: null, begin);
            var over = Stay(birr, before, begin - Moment);
            over.Complete(end.AddDays(60));
            db.Bookings.AddRange(over, Stay(birr, before, begin), Stay(birr, before, end - Moment), Stay(birr, before, end), Stay(dollars, before, begin.AddDays(-20)), cancelled);
            return await db.SaveChangesAsync();
        });

        var report = await house.AskAsync(db => WeeklyReport.ReadAsync(db, Monday, Monday.AddDays(7), zone, CancellationToken.None));

        (report.Week.Customers, report.InAll.Customers).ShouldBe((2, 3));
        (report.Week.Bookings, report.InAll.Bookings).ShouldBe((2, 4));
        report.Week.Revenue.ShouldBe([SampleMoney.Price * 4, new Money(0, Currencies.UsDollar)]);
        report.InAll.Revenue.ShouldBe([SampleMoney.Price * 6, new Money(10_000, Currencies.UsDollar)]);
    }

    [Fact]
    public async Task However_often_and_late_it_is_run_each_operator_hears_of_a_week_once()
    {
        var reader = Persons.New(Role.Operator, since: BookingHouse.Now);
        var unproven = Persons.New(Role.Operator, verified: false, since: BookingHouse.Now);
        var guest = Persons.New(since: BookingHouse.Now);
        await house.AskAsync(db =>
        {
            db.Users.AddRange(reader, unproven, guest);
            return db.SaveChangesAsync();
        });
        var monday = new DateTimeOffset(2027, 3, 8, 6, 0, 0, TimeSpan.Zero);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunAsync(monday))));
        await RunAsync(monday.AddDays(6));

        (await ReportsToAsync(reader)).ShouldHaveSingleItem().ShouldContain("\"from\":\"2027-03-01\",\"to\":\"2027-03-08\"");
        (await ReportsToAsync(unproven)).ShouldBeEmpty();
        (await ReportsToAsync(guest)).ShouldBeEmpty();
        await RunAsync(monday.AddDays(8));
        (await ReportsToAsync(reader)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_the_job_runs_on_a_Monday_that_is_a_Sunday_by_UTC_it_tells_of_the_week_that_is_over_there()
    {
        var reader = Persons.New(Role.Operator, since: BookingHouse.Now);
        await house.AskAsync(db =>
        {
            db.Users.Add(reader);
            db.Jobs.Add(new JobState { Name = "report-week", TimeZone = Auckland });
            return db.SaveChangesAsync();
        });

        await RunAsync(new DateTimeOffset(2027, 5, 10, 6, 0, 0, TimeSpan.FromHours(12)).ToUniversalTime());

        (await ReportsToAsync(reader)).ShouldHaveSingleItem().ShouldContain("\"from\":\"2027-05-03\",\"to\":\"2027-05-10\",\"timeZone\":\"Pacific/Auckland\"");
        await house.AskAsync(db => db.Jobs.ExecuteDeleteAsync());
    }

    /// <summary>Two nights.</summary>
    private static Booking Stay(Listing listing, User guest, DateTimeOffset bookedAt)
    {
        var checkIn = DateOnly.FromDateTime(bookedAt.UtcDateTime).AddDays(30);
        return Booking.Confirmed(NewBooking.At(listing, guest.Id, new StayRequest(checkIn, checkIn.AddDays(2), Guests: 1), bookedAt), bookedAt);
    }

    private Task<int> RunAsync(DateTimeOffset at)
    {
        house.Clock.Now = at;
        return house.DoAsync((ReportWeek report) => report.ExecuteAsync(CancellationToken.None));
    }

    private Task<List<string>> ReportsToAsync(User person) => house.ToldAsync(person.Id, WeeklyReportDue.RoutingKey);
}
