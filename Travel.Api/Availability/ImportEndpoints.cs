using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Domain;
using Travel.Domain.Availability.Importing;

namespace Travel.Api.Availability;

internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder listing)
    {
        listing.MapGet("/imports", GetAsync).WithName("FindImports").WithSummary("Calendars elsewhere that count here, and how they are doing").AcceptsQuery();
        listing.MapPut("/imports", ReplaceAsync).WithName("ReplaceImports").WithSummary("Which calendars elsewhere count here");
        listing.MapPost("/imports/{importId:guid}/refresh", RefreshAsync).WithName("RefreshImport").WithSummary("Fetch a calendar now");
    }

    private static async Task<Ok<Page<ImportResponse>>> GetAsync(Guid id, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<ImportResponse>(await db.ImportsOfAsync(id, clock, cancellationToken), Next: null));

    private static async Task<Results<Ok<Page<ImportResponse>>, ValidationProblem>> ReplaceAsync(
        Guid id, IReadOnlyList<ImportRequest> imports, ReplaceImports replace, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken) =>
        await replace.ExecuteAsync(id, imports, cancellationToken) is { Count: > 0 } errors
            ? Problems.Invalid(errors)
            : TypedResults.Ok(new Page<ImportResponse>(await db.ImportsOfAsync(id, clock, cancellationToken), Next: null));

    private static async Task<Results<Ok<ImportResponse>, ProblemHttpResult>> RefreshAsync(
        Guid id, Guid importId, RefreshImport refresh, TravelDbContext db, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var outcome = await refresh.NowAsync(id, importId, cancellationToken);
        if (outcome is RefreshImportOutcome.TooSoon(var wait))
        {
            return context.TooManyRequests("This calendar has just been fetched, or is being fetched.", wait);
        }

        var imports = await db.ImportsOfAsync(id, clock, cancellationToken);
        return imports.Find(import => import.Id == importId) is { } refreshed ? TypedResults.Ok(refreshed) : Problems.NotFound("There is no such import.");
    }
}
