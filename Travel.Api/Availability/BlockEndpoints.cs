using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Domain;
using Travel.Domain.Availability;
using Travel.Domain.Listings;

namespace Travel.Api.Availability;

internal static class BlockEndpoints
{
    private const string List = "blocks";

    public static void MapBlocks(this IEndpointRouteBuilder listing)
    {
        listing.MapGet("/blocks", FindAsync).WithName("FindBlocks").WithSummary("Nights the host keeps closed that are not over, last made first").AcceptsQuery("limit", "cursor");
        listing.MapPost("/blocks", BlockAsync).WithName("BlockNights").WithSummary("Close nights")
            .ChecksKey().Refuses(ProblemTypes.NightsTaken, ProblemTypes.DatesUnavailable);
        listing.MapDelete("/blocks/{blockId:guid}", OpenAsync).WithName("OpenNights").WithSummary("Open closed nights again");
    }

    private static async Task<Results<Ok<Page<BlockResponse>>, ValidationProblem>> FindAsync(
        Guid id, int? limit, string? cursor, TravelDbContext db, Cursors cursors, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var timeZone = await db.Listings.Where(listing => listing.Id == id).Select(listing => listing.TimeZone).SingleAsync(cancellationToken);
        var today = LocalTime.DayAt(clock.GetUtcNow(), timeZone);
        var rows = await db.HostBlocks.AsNoTracking()
            .Where(block => block.ListingId == id && block.ToOn > today && (after == Guid.Empty || block.Id < after))
            .OrderByDescending(block => block.Id)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, block => block.Id, block => block.ToResponse()));
    }

    private static async Task<Results<Created<BlockResponse>, ValidationProblem, ProblemHttpResult>> BlockAsync(
        Guid id,
        BlockNightsRequest request,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal host,
        BlockNights blockNights,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        var nights = new NightRange(request.From, request.To);
        switch (await blockNights.ExecuteAsync(host.UserId(), id, nights, request.Note, idempotencyKey, cancellationToken))
        {
            case BlockNightsOutcome.Blocked(var block):
                return TypedResults.Created($"/api/v1/listings/{id}/blocks/{block.Id}", block);
            case BlockNightsOutcome.Invalid(var errors):
                return Problems.Invalid(errors);
            case BlockNightsOutcome.NightsTaken(var taken):
                return Taken(taken);
            case BlockNightsOutcome.KeyUsedForAnotherRequest:
                return IdempotencyKeys.UsedForAnotherRequest();
            case BlockNightsOutcome.InFlight:
                return IdempotencyKeys.InFlight(context);
            case var unknown:
                throw new InvalidOperationException($"Unknown outcome {unknown.GetType().Name}.");
        }
    }

    private static ProblemHttpResult Taken(IReadOnlyList<TakenNights> taken)
    {
        var who = taken.Select(nights => nights.BookingReference is { } reference
            ? $"{nights.Nights.InWords()} are booked ({reference})"
            : $"{nights.Nights.InWords()} are closed already");
        var refusal = Problems.Of(
            ProblemTypes.NightsTaken, taken.Count == 0 ? null : $"{string.Join(", ", who)}. Nothing has been closed.");
        refusal.ProblemDetails.Extensions["taken"] = taken.Select(nights => nights.Nights);
        return refusal;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> OpenAsync(
        Guid id, Guid blockId, OpenNights openNights, CancellationToken cancellationToken) =>
        await openNights.ExecuteAsync(id, blockId, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("There is no such block.");
}
