using System.Net;
using System.Net.Http.Json;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Listings;

[Collection(TravelGraph.Collection)]
public sealed class GetListingTests(TravelGraph graph)
{
    [Fact]
    public async Task A_listing_is_found_by_its_id_and_by_its_slug()
    {
        using var visitor = graph.Visitor();
        var listing = await graph.Stays.ListingAsync();

        var byId = await visitor.GetFromJsonAsync<ListingDetails>($"/api/v1/listings/{listing.Id}", TravelJson.Options);
        var bySlug = await visitor.GetStringAsync($"/api/v1/listings/{listing.Slug}");

        bySlug.ShouldBe(await visitor.GetStringAsync($"/api/v1/listings/{listing.Id}"));
        byId!.Title.ShouldBe(listing.Title);
        byId.Description.ShouldNotBeEmpty();
        byId.Host.DisplayName.ShouldNotBeEmpty();
        byId.PricePerNight.ShouldBe(listing.PricePerNight);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"older\", {0}")]
    [InlineData("*")]
    public async Task Who_has_the_current_version_is_not_sent_it_again(string ifNoneMatch)
    {
        using var visitor = graph.Visitor();
        var address = $"/api/v1/listings/{(await graph.Stays.ListingAsync()).Id}";
        using var first = await visitor.GetAsync(address);
        var etag = first.Headers.ETag.ShouldNotBeNull();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch.Replace("{0}", etag.ToString(), StringComparison.Ordinal));

        using var second = await visitor.SendAsync(request);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        second.Headers.ETag.ShouldBe(etag);
        (await second.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_another_version_is_sent_the_current_one()
    {
        using var visitor = graph.Visitor();
        var address = $"/api/v1/listings/{(await graph.Stays.ListingAsync()).Id}";
        visitor.DefaultRequestHeaders.Add("If-None-Match", "\"older\"");

        using var answer = await visitor.GetAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("no-such-place")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("00000000-0000-0000-0000-000000000000/quote?checkIn=2027-01-05&checkOut=2027-01-07&guests=1")]
    [InlineData("not-an-id/quote?checkIn=2027-01-05&checkOut=2027-01-07&guests=1")]
    public async Task What_is_not_there_is_a_problem_that_says_so(string address)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.GetAsync("/api/v1/listings/" + address);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("?fields=title", "fields")]
    [InlineData("/quote?checkIn=2027-01-05&checkOut=2027-01-07&guests=1&coupon=x", "coupon")]
    [InlineData("/quote?checkIn=2027-01-05&checkOut=2027-01-05&guests=1", "checkOut")]
    [InlineData("/quote?checkOut=2027-01-05&guests=1", "checkIn")]
    [InlineData("/quote?checkIn=05.01.2027&checkOut=2027-05-07&guests=1", "checkIn")]
    [InlineData("/quote?checkIn=2027-01-05&checkOut=2027-01-07&guests=0", "guests")]
    public async Task What_makes_no_sense_is_refused_by_name(string query, string field)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.GetAsync($"/api/v1/listings/{(await graph.Stays.ListingAsync()).Id}{query}");

        await answer.ShouldBeInvalidAsync(field);
    }
}
