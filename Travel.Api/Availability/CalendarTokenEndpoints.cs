using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Availability;
using Travel.Domain;
using Travel.Domain.Availability;

namespace Travel.Api.Availability;

internal static class CalendarTokenEndpoints
{
    public static void MapCalendarToken(this IEndpointRouteBuilder listing)
    {
        listing.MapPut("/calendar-token", IssueAsync).WithName("IssueCalendarToken").WithSummary("A new link to the calendar, instead of any before");
        listing.MapDelete("/calendar-token", RevokeAsync).WithName("RevokeCalendarToken").WithSummary("No link to the calendar any more");
    }

    private static async Task<Ok<CalendarTokenResponse>> IssueAsync(
        Guid id, TravelDbContext db, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (row, token) = CalendarToken.Issue(id, clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO calendar_tokens (listing_id, token_hash, issued_at) VALUES ({row.ListingId}, {row.TokenHash}, {row.IssuedAt})
            ON CONFLICT (listing_id) DO UPDATE SET token_hash = excluded.token_hash, issued_at = excluded.issued_at
            """,
            cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new CalendarTokenResponse(token, $"/api/v1/listings/{id}/calendar.ics?token={token}", row.IssuedAt));
    }

    private static async Task<NoContent> RevokeAsync(Guid id, TravelDbContext db, CancellationToken cancellationToken)
    {
        await db.CalendarTokens.Where(token => token.ListingId == id).ExecuteDeleteAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
