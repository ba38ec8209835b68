using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Tests.Fixtures;
using Xunit.Abstractions;

namespace Travel.Tests.Data;

/// <summary>What most people ask for most of the time reads few rows, however many there are.</summary>
[Collection(TravelGraph.Collection)]
public sealed class HotQueryTests(TravelGraph graph, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly DateOnly SomeDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(15);
    private readonly QueryPlans plans = new();
    private TravelDbContext large = null!;
    private ApiInProcess api = null!;

    public async Task InitializeAsync()
    {
        large = await LargeDatabase.LoadAsync(graph);
        api = await ApiInProcess.OnAsync(graph, QueryPlans.Explaining(large.Database.GetConnectionString()!), plans);
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        await large.Database.EnsureDeletedAsync();
        await large.DisposeAsync();
    }

    [Fact]
    public async Task No_hot_query_reads_more_rows_than_its_answer_needs()
    {
        using var guest = api.SignedIn(LargeDatabase.BusyGuest, Role.Guest);
        var stay = $"checkIn={SomeDay:yyyy-MM-dd}&checkOut={SomeDay.AddDays(2):yyyy-MM-dd}&guests=2";
        var listing = $"/api/v1/listings/{LargeDatabase.ABusyListing}";
        var nextFree = SomeDay.AddDays(200);
        var booked = $"/api/v1/bookings/{await ABookingAsync()}";

        // Of a page of 20; a stay that is taken, or for too few guests, is read and passed over.
        await ReadsAsync("the newest listings", 21, () => guest.GetAsync("/api/v1/listings"));
        await ReadsAsync("listings free on dates", 400, () => guest.GetAsync("/api/v1/listings?" + stay));
        await ReadsAsync("a listing by its slug", 2, () => guest.GetAsync("/api/v1/listings/stay-500"));
        await ReadsAsync("a listing by its id", 2, () => guest.GetAsync(listing));
        await ReadsAsync("a quote", 1, () => guest.GetAsync($"{listing}/quote?{stay}"));
        await ReadsAsync("the newest reviews of a listing", 43, () => guest.GetAsync($"{listing}/reviews"));
        await ReadsAsync("one booking", 3, () => guest.GetAsync(booked));
        await ReadsAsync("booking a stay", 8, () => guest.BookAsync(
            new BookStayRequest(Guid.Parse(LargeDatabase.ABusyListing), nextFree = nextFree.AddDays(2), nextFree.AddDays(2), Guests: 1)));
    }

    private async Task ReadsAsync(string what, long rowsAtMost, Func<Task<HttpResponseMessage>> ask)
    {
        (await ask()).Dispose();
        plans.Forget();
        using var answer = await ask();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{what}: {await answer.Content.ReadAsStringAsync()}");
        var ran = plans.Ran;
        ran.ShouldNotBeEmpty();
        output.WriteLine($"{what}: {ran.Sum(query => query.RowsRead)} rows in {ran.Count} queries");
        ran.Sum(query => query.RowsRead).ShouldBeLessThanOrEqualTo(
            rowsAtMost, $"{what} reads {string.Join("; ", ran.Select(query => $"{query.RowsRead} rows for {query.Sql}"))}");
    }

    private async Task<Guid> ABookingAsync() =>
        await large.Bookings.Where(booking => booking.GuestId == LargeDatabase.BusyGuest).Select(booking => booking.Id).FirstAsync();
}
