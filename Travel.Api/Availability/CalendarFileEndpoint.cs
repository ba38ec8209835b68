using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Availability;
using Travel.Domain.Listings;

namespace Travel.Api.Availability;

internal static class CalendarFileEndpoint
{
    public static void MapCalendarFile(this IEndpointRouteBuilder listing) =>
        listing.MapGet("/calendar.ics", GetAsync).WithName("GetCalendarFile").WithSummary("Nights taken here, but for those that come from other calendars, as an iCalendar file").AcceptsQuery("token")
            .Produces<string>(StatusCodes.Status200OK, "text/calendar").Refuses(ProblemTypes.NotFound).Shows(AvailabilityExamples.Calendar);

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetAsync(
        Guid id, string? token, TravelDbContext db, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        var hash = await db.CalendarTokens.Where(known => known.ListingId == id).Select(known => known.TokenHash).SingleOrDefaultAsync(cancellationToken);
        if (!CalendarToken.Opens(token ?? "", hash))
        {
            return Problems.NotFound("There is no such calendar.");
        }

        var now = clock.GetUtcNow();
        var listing = await db.Listings.AsNoTracking().SingleAsync(found => found.Id == id, cancellationToken);
        var today = listing.TodayAt(now);
        // Not what other calendars say: two sites that repeat each other keep each other's nights closed for ever.
        var taken = await db.Occupancies.AsNoTracking()
            .Where(nights => nights.ListingId == id && nights.Active && nights.Stay.UpperBound > today
                && !db.CalendarImports.Any(import => import.Id == nights.OwnerId))
            .OrderBy(nights => nights.Stay.LowerBound)
            .ToListAsync(cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(
            CalendarExport.Of(id, listing.Title, taken.Select(nights => (nights.Id, nights.Stay.ToNights())), now), "text/calendar", Encoding.UTF8);
    }
}
