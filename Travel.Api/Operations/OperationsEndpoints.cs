using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Accounts;
using Travel.Api.Bookings;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Operations;

namespace Travel.Api.Operations;

/// <summary>What operators look at when something is to be found out.</summary>
internal static class OperationsEndpoints
{
    private const string AuditList = "audit";

    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Operations").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        api.MapQueues();
        api.MapDeadLetters();
        api.MapOutbox();
        api.MapCache();
        operations.MapGet("/bookings", FindBookingAsync).WithName("FindBookingByReference").WithSummary("The booking that is called so, or none").AcceptsQuery("reference");
        operations.MapGet("/invariants", CheckAsync).WithName("CheckInvariants").WithSummary("Whether what must be true of the data is").AcceptsQuery();
        operations.MapGet("/audit", AuditAsync).WithName("ListAudit").WithSummary("What operators have changed, newest first").AcceptsQuery("limit", "cursor");
    }

    /// <summary>One page: a reference is one booking's alone.</summary>
    private static async Task<Results<Ok<Page<BookingSummary>>, ValidationProblem>> FindBookingAsync(
        string? reference, TravelDbContext db, CancellationToken cancellationToken)
    {
        if (reference is not { Length: BookingReference.Length } || !reference.All(BookingReference.Alphabet.Contains))
        {
            return Problems.Invalid("reference", $"{BookingReference.Length} characters, of {BookingReference.Alphabet}.");
        }

        var found = await BookingReads.FindAsync(db, reference, cancellationToken);
        return TypedResults.Ok(new Page<BookingSummary>(found is null ? [] : [found], Next: null));
    }

    private static async Task<Ok<InvariantsResponse>> CheckAsync(CheckInvariants check, TimeProvider clock, CancellationToken cancellationToken)
    {
        var breaches = await check.ExecuteAsync(cancellationToken);
        return TypedResults.Ok(new InvariantsResponse(
            clock.GetUtcNow(),
            breaches.Count == 0,
            [.. Invariants.All.Select(invariant => ToResponse(invariant, breaches.FirstOrDefault(breach => breach.Invariant == invariant)))]));
    }

    private static InvariantResponse ToResponse(Invariant invariant, Breach? breach) =>
        new(invariant.Number, invariant.Rule, breach?.Count ?? 0, breach?.Rows ?? []);

    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    private static async Task<Results<Ok<Page<AuditResponse>>, ValidationProblem>> AuditAsync(
        int? limit, string? cursor, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(AuditList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var rows = await db.Audit
            .Where(entry => after == Guid.Empty || entry.Id < after)
            .OrderByDescending(entry => entry.Id)
            .Take(size + 1)
            .Select(entry => new
            {
                entry.Id,
                Response = new AuditResponse(
                    entry.At, entry.Action, entry.Subject, db.Users.Where(user => user.Id == entry.ActorId).Select(user => user.DisplayName).FirstOrDefault(), entry.Reason),
            })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Cut(AuditList, rows, size, row => row.Id, row => row.Response));
    }
}
