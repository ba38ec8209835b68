using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Calendars;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Availability;

[Collection(TravelGraph.Collection)]
public sealed class RefreshImportTests(TravelGraph graph)
{
    private readonly SetClock clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Nights_taken_elsewhere_are_closed_here_and_free_again_when_they_are_there()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        var import = await place.ImportedAsync(elsewhere.Url);
        elsewhere.Says(HostedPlace.Nights(20, 22), HostedPlace.Nights(25, 27));
        using var refreshed = await place.Host.PostAsync($"{place.Path}/imports/{import.Id}/refresh", content: null);

        var seen = await refreshed.Content.ReadFromJsonAsync<ImportResponse>(TravelJson.Options);

        (seen!.State, seen.Events, seen.Problem).ShouldBe((ImportState.Fetched, 2, null));
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 22), HostedPlace.Nights(25, 27));

        elsewhere.Says(HostedPlace.Nights(25, 28));
        await RefreshAsync(place, import);

        await place.ShouldHaveTakenAsync(HostedPlace.Nights(25, 28));
    }

    [Fact]
    public async Task A_host_may_not_ask_for_another_look_at_once()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        var import = await place.ImportedAsync(elsewhere.Url);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => place.Host.PostAsync($"{place.Path}/imports/{import.Id}/refresh", content: null)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter!.Delta > TimeSpan.Zero).ShouldBe(5);
        elsewhere.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_booking_is_never_overwritten_and_its_host_is_told()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        await using var elsewhere = await CalendarServer.StartAsync();
        var booking = await guest.BookedAsync(place.Stay(HostedPlace.Nights(21, 23)));
        elsewhere.Says(HostedPlace.Nights(20, 25), HostedPlace.Nights(18, 20), HostedPlace.Nights(30, 31));
        var import = await place.ImportedAsync(elsewhere.Url);

        await RefreshAsync(place, import);

        var nights = (await place.Host.GetFromJsonAsync<HostCalendar>($"{place.Path}/calendar", TravelJson.Options))!.Nights;
        nights.Where(taken => taken.Owner == NightsOwner.Booking).ShouldHaveSingleItem().OwnerId.ShouldBe(booking.Id);
        nights.Where(taken => taken.Owner == NightsOwner.Import).Select(taken => new NightRange(taken.From, taken.To))
            .ShouldBe([HostedPlace.Nights(18, 21), HostedPlace.Nights(23, 25), HostedPlace.Nights(30, 31)]);
        var conflict = (await ImportsAsync(place)).Single().Conflicts.ShouldHaveSingleItem();
        (conflict.From, conflict.To, conflict.Reference).ShouldBe((HostedPlace.Nights(20, 25).From, HostedPlace.Nights(20, 25).To, booking.Reference));
    }

    [Fact]
    public async Task A_stay_is_one_conflict_however_many_events_meet_it_and_none_once_it_is_over()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        await using var elsewhere = await CalendarServer.StartAsync();
        var booking = await guest.BookedAsync(place.Stay(HostedPlace.Nights(21, 24)));
        var over = await guest.BookedAsync(place.Stay(HostedPlace.Nights(30, 32)));
        elsewhere.Says(HostedPlace.Nights(20, 22), HostedPlace.Nights(22, 23), HostedPlace.Nights(23, 26), HostedPlace.Nights(-6, -2));
        await using (var db = await graph.DatabaseAsync())
        {
            var (past, today) = (HostedPlace.Nights(-5, -3), HostedPlace.Nights(0, 1).From);
            await db.Bookings.Where(row => row.Id == over.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(stay => stay.CheckInOn, past.From).SetProperty(stay => stay.CheckOutOn, past.To));
            await db.Occupancies.Where(row => row.OwnerId == over.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(nights => nights.Stay, Occupancy.Nights(past.From, past.To)));
        }

        await RefreshAsync(place, await place.ImportedAsync(elsewhere.Url));

        var import = (await ImportsAsync(place)).Single();
        var conflict = import.Conflicts.ShouldHaveSingleItem();
        (conflict.From, conflict.To, conflict.BookingId).ShouldBe((HostedPlace.Nights(20, 26).From, HostedPlace.Nights(20, 26).To, booking.Id));
        import.MoreConflicts.ShouldBe(0);
    }

    [Fact]
    public async Task Of_many_conflicts_the_first_are_told_and_how_many_more_there_are()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        await using var elsewhere = await CalendarServer.StartAsync();
        var some = await guest.BookedAsync(place.Stay(HostedPlace.Nights(20, 21)));
        await using (var db = await graph.DatabaseAsync())
        {
            // As the one that was booked, on each of the nights that follow.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO bookings SELECT (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(), 'reference', upper(left(md5({place.Id}::text || n), 8)),
                    'check_in_on', b.check_in_on + n, 'check_out_on', b.check_out_on + n))).* FROM bookings b, generate_series(1, 51) n WHERE b.id = {some.Id};
                INSERT INTO occupancies (id, listing_id, owner_id, stay, active)
                SELECT gen_random_uuid(), listing_id, id, daterange(check_in_on, check_out_on), true FROM bookings WHERE listing_id = {place.Id} AND id <> {some.Id};
                """);
        }

        elsewhere.Says(HostedPlace.Nights(10, 100));
        await RefreshAsync(place, await place.ImportedAsync(elsewhere.Url));

        var import = (await ImportsAsync(place)).Single();
        (import.Conflicts.Count, import.MoreConflicts).ShouldBe((50, 2));
        import.Conflicts[0].Reference.ShouldBe(some.Reference);
    }

    [Fact]
    public async Task Of_an_import_and_a_guest_racing_for_a_night_exactly_one_has_it()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var guest = await graph.GuestAsync();
        await using var elsewhere = await CalendarServer.StartAsync();
        var import = await place.ImportedAsync(elsewhere.Url);
        for (var round = 0; round < 5; round++)
        {
            var nights = HostedPlace.Nights(20 + (3 * round), 22 + (3 * round));
            // Some that no guest wants: the import has those, whoever wins.
            var others = HostedPlace.Nights(60, 62);
            elsewhere.Says(nights, others);

            var booking = guest.BookAsync(place.Stay(nights));
            await Task.WhenAll(booking, RefreshAsync(place, import));

            using var answer = await booking;
            await using var db = await graph.DatabaseAsync();
            var importHas = await db.Occupancies.Where(taken => taken.OwnerId == import.Id).Select(taken => taken.Stay.LowerBound).ToArrayAsync();
            DateOnly[] left = answer.StatusCode == HttpStatusCode.Created ? [others.From] : [nights.From, others.From];
            importHas.ShouldBe(left, ignoreOrder: true, $"round {round}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_block_goes_before_an_import_and_gives_the_nights_back_to_it()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        elsewhere.Says(HostedPlace.Nights(20, 25));
        await RefreshAsync(place, await place.ImportedAsync(elsewhere.Url));

        var block = await place.BlockedAsync(HostedPlace.Nights(22, 27));
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 27));
        using var opened = await place.Host.DeleteAsync($"{place.Path}/blocks/{block.Id}");

        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 25));
    }

    [Fact]
    public async Task An_import_that_is_taken_away_frees_its_nights()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        elsewhere.Says(HostedPlace.Nights(20, 25));
        await RefreshAsync(place, await place.ImportedAsync(elsewhere.Url));

        using var none = await place.Host.PutAsJsonAsync($"{place.Path}/imports", Array.Empty<ImportRequest>(), TravelJson.Options);

        none.StatusCode.ShouldBe(HttpStatusCode.OK);
        await place.ShouldHaveTakenAsync();
    }

    [Theory]
    [InlineData(200, "only half of one")]
    [InlineData(500, "status 500")]
    [InlineData(null, "did not answer")]
    public async Task What_cannot_be_fetched_or_read_changes_no_night_and_says_why(int? status, string told)
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        elsewhere.Says(HostedPlace.Nights(20, 25));
        var import = await place.ImportedAsync(elsewhere.Url);
        await RefreshAsync(place, import);

        elsewhere.Answer = context =>
        {
            if (status is { } code)
            {
                context.Response.StatusCode = code;
                return context.Response.WriteAsync("BEGIN:VCALENDAR\r\nBEGIN:VEV");
            }

            context.Abort();
            return Task.CompletedTask;
        };
        await RefreshAsync(place, import);

        var failed = (await ImportsAsync(place)).Single();
        (failed.State, failed.Events).ShouldBe((ImportState.Failed, 1));
        failed.Problem.ShouldNotBeNull().ShouldContain(told);
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 25));
    }

    [Fact]
    public async Task A_calendar_that_fails_again_and_again_is_left_alone_for_longer_until_it_does_not()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        var import = await place.ImportedAsync(elsewhere.Url);
        elsewhere.Answer = context => context.Response.WriteAsync("Gone");
        List<int> pausesHours = [];
        for (var failure = 0; failure < 7; failure++)
        {
            await RefreshAsync(place, import);
            pausesHours.Add(await PauseHoursAsync());
        }

        elsewhere.Says();
        await RefreshAsync(place, import);

        pausesHours.ShouldBe([1, 2, 4, 8, 16, 24, 24]);
        (await PauseHoursAsync()).ShouldBe(1);

        async Task<int> PauseHoursAsync()
        {
            await using var db = await graph.DatabaseAsync();
            return (int)Math.Round(((await db.CalendarImports.SingleAsync(found => found.Id == import.Id)).DueAt - clock.Now).TotalHours);
        }
    }

    [Fact]
    public async Task A_uid_that_the_database_would_refuse_stops_nothing()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        var import = await place.ImportedAsync(elsewhere.Url);
        elsewhere.Answer = context => context.Response.WriteAsync(CalendarServer.CalendarOf(HostedPlace.Nights(20, 22), HostedPlace.Nights(25, 27))
            .Replace($"UID:{CalendarText.Date(HostedPlace.Nights(20, 22).From)}", "UID:\0", StringComparison.Ordinal)
            .Replace($"UID:{CalendarText.Date(HostedPlace.Nights(25, 27).From)}", "UID:" + new string('a', 254) + "\U0001F3E0", StringComparison.Ordinal));

        await RefreshAsync(place, import);

        (await ImportsAsync(place)).Single().State.ShouldBe(ImportState.Fetched);
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 22), HostedPlace.Nights(25, 27));
    }

    [Fact]
    public async Task What_is_due_is_fetched_once_however_many_look_at_the_same_time()
    {
        using var place = await HostedPlace.AtAsync(graph);
        await using var elsewhere = await CalendarServer.StartAsync();
        var answering = new TaskCompletionSource();
        elsewhere.Answer = async context =>
        {
            await answering.Task;
            await context.Response.WriteAsync(CalendarServer.CalendarOf(HostedPlace.Nights(20, 25)));
        };
        await place.ImportedAsync(elsewhere.Url);
        // Ahead of every claim another test may hold.
        clock.Now += TimeSpan.FromMinutes(5);

        var first = DrainAsync();
        await Eventually.GetAsync(() => Task.FromResult(elsewhere.Seen.Count), seen => seen > 0, TimeSpan.FromSeconds(10), "The first look");
        // While it waits for the answer the others find nothing to do.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => DrainAsync()));
        answering.SetResult();
        await first;

        elsewhere.Seen.Count.ShouldBe(1);
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 25));
    }

    [Fact]
    public async Task Addresses_that_may_not_be_fetched_are_refused_by_field_and_nothing_changes()
    {
        using var place = await HostedPlace.AtAsync(graph);

        using var refused = await place.Host.PutAsJsonAsync(
            $"{place.Path}/imports",
            new[] { new ImportRequest("Fine", "https://example.org/a.ics"), new ImportRequest("", "https://169.254.169.254/a.ics"), new ImportRequest("Nowhere", "https://xn--é.org/") },
            TravelJson.Options);

        await refused.ShouldBeInvalidAsync("[1].name", "[1].url", "[2].url");
        (await ImportsAsync(place)).ShouldBeEmpty();
    }

    private async Task RefreshAsync(HostedPlace place, ImportResponse import)
    {
        clock.Now += TimeSpan.FromMinutes(3);
        await using var db = await graph.DatabaseAsync();
        (await Refresh(db).NowAsync(place.Id, import.Id, CancellationToken.None)).ShouldBe(new RefreshImportOutcome.Refreshed(IsWritten: true));
    }

    private async Task DrainAsync()
    {
        await using var db = await graph.DatabaseAsync();
        while (await Refresh(db).ClaimDueAsync(CancellationToken.None) is { } import)
        {
            await Refresh(db).RefreshAsync(import, CancellationToken.None);
        }
    }

    private RefreshImport Refresh(Travel.Domain.TravelDbContext db)
    {
        var options = Options.Create(new ImportOptions { AllowedHosts = ["localhost"] });
        var download = new CalendarDownload(options, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        return new RefreshImport(db, new ListingTurn(db, new(), clock), download, options, clock, NullLogger<RefreshImport>.Instance);
    }

    private static async Task<IReadOnlyList<ImportResponse>> ImportsAsync(HostedPlace place) =>
        (await place.Host.GetFromJsonAsync<Page<ImportResponse>>($"{place.Path}/imports", TravelJson.Options))!.Items;
}
