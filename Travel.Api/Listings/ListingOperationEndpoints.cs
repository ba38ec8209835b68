using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Domain.Operations;

namespace Travel.Api.Listings;

/// <summary>Where operators find listings and take them from guests.</summary>
internal static class ListingOperationEndpoints
{
    private const string List = "operations listings";

    public static void MapListingOperations(this IEndpointRouteBuilder api)
    {
        var listings = api.MapGroup("/operations/listings").WithTags("Listings").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        listings.MapGet("", FindAsync).WithName("FindOperatorListings").WithSummary("Listings of all hosts, newest first")
            .AcceptsQuery("q", "status", "suspended", "limit", "cursor");
        listings.MapGet("/{id:guid}", GetAsync).WithName("GetOperatorListing").WithSummary("A listing, and what is booked there").AcceptsQuery().Refuses(ProblemTypes.NotFound);
        listings.MapPost("/{id:guid}/suspension", SuspendAsync).WithName("SuspendListing").WithSummary("Take a listing from guests, and say why")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.ListingSuspended);
        listings.MapDelete("/{id:guid}/suspension", LiftAsync).WithName("LiftSuspension").WithSummary("Let the host publish a listing again")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.ListingNotSuspended);
    }

    private static async Task<Results<Ok<Page<OperatorListing>>, ValidationProblem>> FindAsync(
        [Description("Part of the title, or the whole slug or id.")] string? q,
        string? status,
        bool? suspended,
        int? limit,
        string? cursor,
        TravelDbContext db,
        Cursors cursors,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var wanted = ListingFilter.Of(q, status, suspended, errors);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var listings = await OperatorListingReads.FindAsync(db, wanted, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, listings, size, listing => listing.Id));
    }

    private static async Task<Results<Ok<OperatorListingDetails>, ProblemHttpResult>> GetAsync(Guid id, TravelDbContext db, CancellationToken cancellationToken) =>
        await OperatorListingReads.GetAsync(db, id, cancellationToken) is { } listing ? TypedResults.Ok(listing) : NoSuchListing();

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> SuspendAsync(
        Guid id, SuspendListingRequest request, ClaimsPrincipal caller, SuspendListing suspend, CancellationToken cancellationToken) =>
        AuditEntry.ErrorOf(request.Reason) is { } error
            ? Problems.Invalid("reason", error)
            : await suspend.ExecuteAsync(id, caller.UserId(), request.Reason, cancellationToken) switch
            {
                SuspendListingOutcome.Suspended => TypedResults.NoContent(),
                SuspendListingOutcome.SuspendedBefore => Problems.Of(ProblemTypes.ListingSuspended, "Somebody has suspended this place before."),
                _ => NoSuchListing(),
            };

    private static async Task<Results<NoContent, ProblemHttpResult>> LiftAsync(
        Guid id, ClaimsPrincipal caller, LiftSuspension lift, CancellationToken cancellationToken) =>
        await lift.ExecuteAsync(id, caller.UserId(), cancellationToken) switch
        {
            LiftSuspensionOutcome.Lifted => TypedResults.NoContent(),
            LiftSuspensionOutcome.NotSuspended => Problems.Of(ProblemTypes.ListingNotSuspended),
            _ => NoSuchListing(),
        };

    private static ProblemHttpResult NoSuchListing() => Problems.NotFound("There is no such listing.");
}
