using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Listings;

namespace Travel.Api.Availability;

internal static class OnlyTheHostFilter
{
    /// <summary>Lets the listing's host through and nobody else. A listing that is not public is not there for others.</summary>
    public static RouteGroupBuilder OnlyTheHost(this RouteGroupBuilder listing)
    {
        listing.Refuses(ProblemTypes.Forbidden, ProblemTypes.NotFound);
        return listing.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            var id = Guid.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture);
            var db = context.RequestServices.GetRequiredService<TravelDbContext>();
            var found = await db.Listings.Where(listing => listing.Id == id)
                .Select(listing => new { listing.HostId, listing.Status })
                .SingleOrDefaultAsync(context.RequestAborted);
            return found switch
            {
                not null when found.HostId == context.User.UserId() => await next(call),
                { Status: ListingStatus.Published } => Problems.Forbidden("This is somebody else’s place."),
                _ => Problems.NotFound("There is no such stay."),
            };
        });
    }
}
