using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Availability;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Api.Availability;

internal static class TakenNightsEndpoint
{
    /// <summary>How far the answer reaches when nobody says.</summary>
    private const int DefaultMonths = 12;

    public static void MapTakenNights(this IEndpointRouteBuilder listing) =>
        listing.MapGet("/availability", GetAsync).WithName("GetAvailability").WithSummary("Nights that cannot be booked").AcceptsQuery("from", "to")
            .Refuses(ProblemTypes.NotFound);

    private static async Task<Results<Ok<AvailabilityResponse>, ValidationProblem, ProblemHttpResult>> GetAsync(
        Guid id,
        [Description("First night asked for, not in the past; today at the listing when left out.")] DateOnly? from,
        [Description("The day after the last night, at most 2 years ahead; 12 months after the first one when left out.")] DateOnly? to,
        TravelDbContext db,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (ErrorsOf(from, to, now) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        // Where the listing is, and so which day it is there, comes with the same query: this one asks for a day more on each side.
        var range = Occupancy.Nights(from ?? TodayAnywhere.Earliest(now), to ?? (from ?? TodayAnywhere.Latest(now)).AddMonths(DefaultMonths));
        var found = await db.Listings.AsNoTracking()
            .Where(listing => listing.Id == id && listing.Status == ListingStatus.Published)
            .Select(listing => new
            {
                Listing = listing,
                Taken = db.Occupancies.Where(taken => taken.ListingId == id && taken.Active && taken.Stay.Overlaps(range)).Select(taken => taken.Stay).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Problems.NotFound("There is no such stay.");
        }

        var begins = from ?? found.Listing.TodayAt(now);
        var bounds = new NightRange(begins, to ?? begins.AddMonths(DefaultMonths));
        return TypedResults.Ok(new AvailabilityResponse(found.Taken.Select(stay => stay.ToNights().Within(bounds)).Merged()));
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
