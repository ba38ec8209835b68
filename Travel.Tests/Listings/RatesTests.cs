using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Listings;

[Collection(TravelGraph.Collection)]
public sealed class RatesTests(TravelGraph graph)
{
    private static readonly DateOnly Soon = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(40);

    /// <summary>Every night is a weekend night, but for the season's: the price does not depend on the day this runs.</summary>
    private static readonly Rates Everything = new(
        Birr(1000), Birr(1100), Enum.GetValues<DayOfWeek>(), [new SeasonalRate("Festival", Soon.AddDays(2), Soon.AddDays(4), Birr(2000), MinNights: 3)], Birr(300), Birr(50), IncludedGuests: 2);

    [Fact]
    public async Task What_is_quoted_is_what_search_shows_and_what_is_booked()
    {
        using var host = await graph.HostAsync();
        using var guest = await graph.GuestAsync();
        var listing = await host.PublishedAsync();
        await host.SetRatesAsync(listing.Id, Everything);
        var stay = new BookStayRequest(listing.Id, Soon, Soon.AddDays(5), Guests: 4);

        var quote = await QuoteAsync(guest, stay);
        var found = await FindAsync(guest, $"q={listing.Listing.Title}&checkIn={Iso(stay.CheckIn)}&checkOut={Iso(stay.CheckOut)}&guests=4");
        var booking = await guest.BookedAsync(stay);

        quote.Lines.ShouldBe(
        [
            new QuoteLine("Weekend nights", 3, Birr(3300), QuoteLineKind.Nights),
            new QuoteLine("Nights, Festival", 2, Birr(4000), QuoteLineKind.Nights),
            new QuoteLine("Nights with 2 extra guests", 5, Birr(500), QuoteLineKind.ExtraGuests),
            new QuoteLine("Cleaning", 1, Birr(300), QuoteLineKind.Cleaning),
        ]);
        (quote.Total, quote.FirstNight, quote.CleaningFee).ShouldBe((Birr(8100), Birr(1200), Birr(300)));
        found.Items.ShouldHaveSingleItem().TotalPrice.ShouldBe(quote.Total);
        booking.Quote.Lines.ShouldBe(quote.Lines);
        booking.Quote.Total.ShouldBe(quote.Total);

        await host.SetRatesAsync(listing.Id, new Rates(Birr(9)));
        var kept = await guest.GetFromJsonAsync<BookingResponse>($"/api/v1/bookings/{booking.Id}", TravelJson.Options);
        (kept!.Quote.Total, kept.Quote.FirstNight, kept.Quote.CleaningFee).ShouldBe((quote.Total, quote.FirstNight, quote.CleaningFee));
    }

    [Fact]
    public async Task Every_total_on_a_page_of_search_is_the_total_of_its_quote()
    {
        using var visitor = graph.Visitor();
        var (checkIn, checkOut) = (Soon.AddDays(20), Soon.AddDays(27));
        await using var db = await graph.DatabaseAsync();
        var place = await db.Listings.Where(listing => listing.Seasons!.Count > 0 && listing.CleaningFeeMinorUnits > 0)
            .OrderBy(listing => listing.Id).Select(listing => listing.City).FirstAsync();

        var page = await FindAsync(visitor, $"place={place}&limit=100&checkIn={Iso(checkIn)}&checkOut={Iso(checkOut)}");

        var rated = page.Items.Where(listing => listing.TotalPrice != listing.PricePerNight * 7).ToList();
        rated.Count.ShouldBeGreaterThan(3);
        foreach (var listing in rated.Take(20).Concat(page.Items.Except(rated).Take(5)))
        {
            (await QuoteAsync(visitor, new BookStayRequest(listing.Id, checkIn, checkOut, Guests: 1))).Total.ShouldBe(listing.TotalPrice!.Value, listing.Slug);
        }
    }

    [Fact]
    public async Task A_season_that_asks_for_more_nights_hides_the_listing_from_shorter_stays_and_refuses_to_quote_them()
    {
        using var host = await graph.HostAsync();
        using var visitor = graph.Visitor();
        var listing = await host.PublishedAsync();
        await host.SetRatesAsync(listing.Id, Everything);
        var twoNights = $"checkIn={Iso(Soon.AddDays(3))}&checkOut={Iso(Soon.AddDays(5))}";

        (await FindAsync(visitor, $"q={listing.Listing.Title}&{twoNights}")).Items.ShouldBeEmpty();
        using var refused = await visitor.GetAsync($"/api/v1/listings/{listing.Id}/quote?{twoNights}&guests=1");

        await refused.ShouldBeInvalidAsync("checkOut");
        (await FindAsync(visitor, $"q={listing.Listing.Title}&checkIn={Iso(Soon)}&checkOut={Iso(Soon.AddDays(2))}")).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rates_are_replaced_all_together_or_not_at_all()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        await host.SetRatesAsync(draft.Id, Everything);
        var address = $"/api/v1/listings/{draft.Id}/rates";

        using var wrong = await host.PutAsync(address, Everything with { PricePerNight = Birr(0), Seasons = [] }, "*");
        await wrong.ShouldBeInvalidAsync("pricePerNight");
        (await host.GetFromJsonAsync<Rates>(address, TravelJson.Options))!.Seasons!.Count.ShouldBe(1);

        using var moved = await host.PutAsync(address, Everything with { Seasons = [.. Everything.Seasons!.Select(season => season with { From = season.From.AddDays(1) })] }, "*");
        (await moved.ReadAsync<Rates>(HttpStatusCode.OK)).Seasons!.ShouldHaveSingleItem().From.ShouldBe(Soon.AddDays(3));

        await host.SetRatesAsync(draft.Id, new Rates(new Money(70, Currencies.UsDollar)));
        var replaced = await host.GetFromJsonAsync<Rates>(address, TravelJson.Options);
        replaced!.Seasons.ShouldBeEmpty();
        (replaced.PricePerNight, replaced.WeekendPrice, replaced.CleaningFee).ShouldBe((new Money(70, Currencies.UsDollar), null, new Money(0, Currencies.UsDollar)));
    }

    [Fact]
    public async Task The_currency_changes_for_all_rates_or_for_none()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        var dollars = draft.Listing with { PricePerNight = new Money(90_00, Currencies.UsDollar) };
        await host.SetRatesAsync(draft.Id, Everything);

        using var refused = await host.PutAsync($"/api/v1/listings/{draft.Id}", dollars, "*");
        await host.SetRatesAsync(draft.Id, new Rates(Birr(1000)));
        using var taken = await host.PutAsync($"/api/v1/listings/{draft.Id}", dollars, "*");

        await refused.ShouldBeInvalidAsync("pricePerNight");
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whatever_the_code_does_the_database_lets_no_two_seasons_have_one_night()
    {
        using var host = await graph.HostAsync();
        var draft = await host.DraftAsync();
        await host.SetRatesAsync(draft.Id, Everything);
        await using var db = await graph.DatabaseAsync();
        db.Seasons.Add(new Season { Id = Guid.NewGuid(), ListingId = draft.Id, Name = "Second", FromOn = Soon.AddDays(3), ToOn = Soon.AddDays(9), PricePerNightMinorUnits = 1 });

        var refusal = await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());

        refusal.InnerException.ShouldBeOfType<PostgresException>().ConstraintName.ShouldBe(Season.NoOverlap);
    }

    [Theory]
    [InlineData("/api/v1/listings?limit=")]
    [InlineData("/api/v1/listings?checkIn=2027-06-01&checkOut=2027-06-04&limit=")]
    public async Task A_page_takes_as_many_queries_whatever_its_length(string address)
    {
        using var visitor = graph.Visitor();

        (await QueriesOfAsync(visitor, address + "100")).ShouldBe(await QueriesOfAsync(visitor, address + "2"));
    }

    private async Task<int> QueriesOfAsync(HttpClient visitor, string address)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var answer = await visitor.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        // A request's span ends last, and spans are sent in the order in which they end.
        var spans = await Eventually.GetAsync(
            () => graph.Telemetry.SpansOfAsync(trace), spans => spans.Any(span => span.Name.StartsWith("GET ", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), "The span of the request");
        var queries = spans.Count(span => span.Scope == "Npgsql");
        queries.ShouldBeGreaterThan(0);
        return queries;
    }

    private static Task<Page<ListingSummary>> FindAsync(HttpClient client, string query) =>
        client.GetFromJsonAsync<Page<ListingSummary>>("/api/v1/listings?" + query, TravelJson.Options)!;

    private static Task<Quote> QuoteAsync(HttpClient client, BookStayRequest stay) => client.GetFromJsonAsync<Quote>(
        $"/api/v1/listings/{stay.ListingId}/quote?checkIn={Iso(stay.CheckIn)}&checkOut={Iso(stay.CheckOut)}&guests={stay.Guests}", TravelJson.Options)!;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Money Birr(int birr) => new(100L * birr, Currencies.EthiopianBirr);
}
