using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Caching;
using Travel.Api.Errors;
using Travel.Api.Listings;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Domain;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Caching;
using Travel.Domain.Listings;

namespace Travel.Api.Availability;

internal static class TakenNightsEndpoint
{
    /// <summary>How far the answer reaches when nobody says.</summary>
    private const int DefaultMonths = 12;

    public static void MapTakenNights(this IEndpointRouteBuilder listing) =>
        listing.MapGet("/availability", GetAsync).WithName("GetAvailability").WithSummary("Nights that cannot be booked").AcceptsQuery("from", "to")
            .Refuses(ProblemTypes.NotFound)
            .KeepsAnswersOfListing(CacheRegions.NightPages, id => [CacheTags.NightsOf(id), CacheTags.Listing(id)]).SendsContentETag();

    private static async Task<Results<Ok<AvailabilityResponse>, ValidationProblem, ProblemHttpResult>> GetAsync(
        Guid id,
        [Description("First night asked for, not in the past; today at the listing when left out.")] DateOnly? from,
        [Description("The day after the last night, at most 2 years ahead; 12 months after the first one when left out.")] DateOnly? to,
        CachedListings listings,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (ErrorsOf(from, to, now) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        if (await listings.TakenNightsAsync(id, TodayAnywhere.Earliest(now), cancellationToken) is not var (timeZone, taken))
        {
            return Problems.NotFound("There is no such stay.");
        }

        var begins = from ?? LocalTime.DayAt(now, timeZone);
        var bounds = new NightRange(begins, to ?? begins.AddMonths(DefaultMonths));
        return TypedResults.Ok(new AvailabilityResponse(taken.Select(nights => nights.Within(bounds)).Merged()));
    }

    private static Dictionary<string, string[]> ErrorsOf(DateOnly? from, DateOnly? to, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var last = TodayAnywhere.Latest(now).AddYears(StayRequest.YearsAhead);
        if (from < TodayAnywhere.Earliest(now))
        {
            errors["from"] = ["Is in the past."];
        }
        else if (from > last.AddMonths(-DefaultMonths) && to is null)
        {
            errors["to"] = ["Is missing: a year from there is further ahead than stays can be booked."];
        }

        if (to <= (from ?? TodayAnywhere.Earliest(now)))
        {
            errors["to"] = ["Must be after the first night."];
        }
        else if (to > last)
        {
            errors["to"] = [$"Stays can be booked at most {StayRequest.YearsAhead} years ahead."];
        }

        return errors;
    }
}
