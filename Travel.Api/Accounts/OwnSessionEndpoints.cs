using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>Where one is signed in, and signing out: here, there and everywhere.</summary>
internal static class OwnSessionEndpoints
{
    private const string List = "sessions";

    public static void MapOwnSessions(this IEndpointRouteBuilder sessions)
    {
        var own = sessions.MapGroup("").RequireAuthorization().NeedsLiveSession();
        own.MapGet("", FindAsync).WithName("FindSessions").WithSummary("Where you are signed in, newest first").AcceptsQuery("limit", "cursor");
        own.MapDelete("/current", EndCurrentAsync).WithName("EndCurrentSession").WithSummary("Sign out here");
        own.MapDelete("/{id:guid}", EndAsync).WithName("EndSession").WithSummary("Sign out there").Refuses(ProblemTypes.NotFound);
        own.MapDelete("", EndAllAsync).WithName("EndSessions").WithSummary("Sign out everywhere, here too");
    }

    private static async Task<Results<Ok<Page<SessionSummary>>, ValidationProblem>> FindAsync(
        int? limit,
        string? cursor,
        ClaimsPrincipal caller,
        TravelDbContext db,
        Cursors cursors,
        IOptions<AccessTokenOptions> options,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var (userId, currentId) = (caller.UserId(), caller.SessionId());
        var usedSince = clock.GetUtcNow() - options.Value.RefreshLifetime;
        var rows = await db.Sessions
            .Where(session => session.UserId == userId && session.EndedAt == null && session.LastUsedAt > usedSince && (after == Guid.Empty || session.Id < after))
            .OrderByDescending(session => session.Id)
            .Take(size + 1)
            .Select(session => new SessionSummary(session.Id, session.UserAgent, session.CreatedAt, session.LastUsedAt, session.Id == currentId))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, session => session.Id));
    }

    private static async Task<NoContent> EndCurrentAsync(ClaimsPrincipal caller, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var id = caller.SessionId();
        await SignOutAsync(db, clock, session => session.Id == id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        Guid id, ClaimsPrincipal caller, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var userId = caller.UserId();
        return await SignOutAsync(db, clock, session => session.Id == id && session.UserId == userId, cancellationToken) > 0
            ? TypedResults.NoContent()
            : Problems.NotFound("There is no such session, or it has ended.");
    }

    private static async Task<NoContent> EndAllAsync(ClaimsPrincipal caller, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var userId = caller.UserId();
        await SignOutAsync(db, clock, session => session.UserId == userId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<int> SignOutAsync(TravelDbContext db, TimeProvider clock, Expression<Func<Session, bool>> which, CancellationToken cancellationToken) =>
        db.InTransactionAsync(token => db.EndSessionsAsync(which, SessionEnd.SignedOut, clock.GetUtcNow(), token), cancellationToken);
}
