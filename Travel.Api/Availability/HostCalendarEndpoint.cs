using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts.Availability;
using Travel.Domain;
using Travel.Domain.Availability;

namespace Travel.Api.Availability;

internal static class HostCalendarEndpoint
{
    private const int MostYears = 2;

    public static void MapHostCalendar(this IEndpointRouteBuilder listing) =>
        listing.MapGet("/calendar", GetAsync).WithName("GetHostCalendar").WithSummary("Taken nights, and by what").AcceptsQuery("from", "to");

    private static async Task<Results<Ok<HostCalendar>, ValidationProblem>> GetAsync(
        Guid id,
        [Description("First night asked for, at most 2 years before or after today; today at the listing when left out.")] DateOnly? from,
        [Description("The day after the last night, at most 2 years after the first one; a year after it when left out.")] DateOnly? to,
        TravelDbContext db,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var listing = await db.Listings.AsNoTracking().SingleAsync(found => found.Id == id, cancellationToken);
        var today = listing.TodayAt(clock.GetUtcNow());
        var begins = from ?? today;
        if (begins < today.AddYears(-MostYears) || begins > today.AddYears(MostYears))
        {
            return Problems.Invalid("from", $"At most {MostYears} years from today.");
        }

        var ends = to ?? begins.AddYears(1);
        if (ends <= begins || ends > begins.AddYears(MostYears))
        {
            return Problems.Invalid("to", $"Must be after the first night, and at most {MostYears} years later.");
        }

        var linkIssuedAt = await db.CalendarTokens.Where(token => token.ListingId == id)
            .Select(token => (DateTimeOffset?)token.IssuedAt).SingleOrDefaultAsync(cancellationToken);
        var nights = await NightsAsync(db, id, new NightRange(begins, ends), cancellationToken);
        return TypedResults.Ok(new HostCalendar(id, listing.Slug, listing.Title, listing.TimeZone, today, linkIssuedAt, nights));
    }

    private static Task<List<HostNights>> NightsAsync(TravelDbContext db, Guid listingId, NightRange bounds, CancellationToken cancellationToken)
    {
        var range = Occupancy.Nights(bounds.From, bounds.To);
        return (
            from taken in db.Occupancies
            where taken.ListingId == listingId && taken.Active && taken.Stay.Overlaps(range)
            join foundBooking in db.Bookings on taken.OwnerId equals foundBooking.Id into bookings
            from booking in bookings.DefaultIfEmpty()
            join foundBlock in db.HostBlocks on taken.OwnerId equals foundBlock.Id into blocks
            from block in blocks.DefaultIfEmpty()
            join foundImport in db.CalendarImports on taken.OwnerId equals foundImport.Id into imports
            from import in imports.DefaultIfEmpty()
            orderby taken.Stay.LowerBound
            select new HostNights(
                booking != null ? NightsOwner.Booking : import != null ? NightsOwner.Import : NightsOwner.Block,
                taken.OwnerId,
                taken.Stay.LowerBound,
                taken.Stay.UpperBound,
                booking != null ? booking.Reference : import != null ? import.Name : block!.Note)).ToListAsync(cancellationToken);
    }
}
