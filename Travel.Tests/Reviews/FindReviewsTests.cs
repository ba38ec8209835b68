using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Reviews;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Reviews;

[Collection(TravelGraph.Collection)]
public sealed class FindReviewsTests(TravelGraph graph)
{
    [Fact]
    public async Task Page_after_page_shows_every_review_of_the_listing_once_newest_first()
    {
        using var visitor = graph.Visitor();
        await using var db = await graph.DatabaseAsync();
        var listing = await db.Listings.AsNoTracking().Where(found => found.Status == ListingStatus.Published).OrderByDescending(found => found.ReviewCount).FirstAsync();
        var written = await db.Reviews.Where(review => review.ListingId == listing.Id).Select(review => review.Id).ToListAsync();
        var shown = new List<ReviewResponse>();
        string? next = null;
        do
        {
            var page = await visitor.GetFromJsonAsync<Page<ReviewResponse>>(
                $"/api/v1/listings/{listing.Id}/reviews?limit=2{(next is null ? "" : "&cursor=" + next)}", TravelJson.Options);
            page!.Items.Count.ShouldBeInRange(1, 2);
            shown.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null && shown.Count < 100);

        shown.Select(review => review.Id.ToString()).ShouldBe(written.Select(id => id.ToString()).OrderByDescending(id => id, StringComparer.Ordinal));
        shown.Count.ShouldBeGreaterThan(2);
        shown.ShouldAllBe(review => review.Text.Length > 0 && review.Guest.Length > 0 && (review.Reply == null) == (review.RepliedAt == null));
        var details = await visitor.GetFromJsonAsync<ListingDetails>($"/api/v1/listings/{listing.Id}", TravelJson.Options);
        details!.ReviewCount.ShouldBe(shown.Count);
        details.Rating.ShouldBe(decimal.Round(shown.Average(review => (decimal)review.Rating), 2, MidpointRounding.AwayFromZero));
    }

    [Fact]
    public async Task The_list_shows_what_guests_make_of_each_listing()
    {
        using var visitor = graph.Visitor();
        await using var db = await graph.DatabaseAsync();
        var rated = await db.Listings.ToDictionaryAsync(listing => listing.Id, listing => (listing.Rating, listing.ReviewCount));

        var page = await visitor.GetFromJsonAsync<Page<ListingSummary>>("/api/v1/listings?limit=100", TravelJson.Options);

        page!.Items.ShouldAllBe(listing => rated[listing.Id].Equals(new ValueTuple<decimal?, int>(listing.Rating, listing.ReviewCount)));
        page.Items.Count(listing => listing.ReviewCount > 0).ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task A_listing_that_is_not_there_has_no_reviews()
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.GetAsync($"/api/v1/listings/{Guid.Empty}/reviews");

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("sort=best", "sort")]
    public async Task What_makes_no_sense_is_refused_by_name(string query, string field)
    {
        using var visitor = graph.Visitor();

        using var answer = await visitor.GetAsync($"/api/v1/listings/{(await graph.Stays.ListingAsync()).Id}/reviews?{query}");

        await answer.ShouldBeInvalidAsync(field);
    }
}
