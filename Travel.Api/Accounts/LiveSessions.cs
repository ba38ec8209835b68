using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Travel.Domain;

namespace Travel.Api.Accounts;

/// <summary>
/// An access token lives for minutes after its session has ended, and until then it may read. Whatever changes something, and whatever
/// tells of the account itself, asks whether the session is still there: one look-up by primary key.
/// </summary>
internal static class LiveSessions
{
    // Asked with each write, and compiled once.
    private static readonly Func<TravelDbContext, Guid, CancellationToken, Task<bool>> LiveAsync = EF.CompileAsyncQuery(
        (TravelDbContext db, Guid id, CancellationToken cancellationToken) => db.Sessions.Any(session => session.Id == id && session.EndedAt == null));

    /// <summary>Reads that are as delicate as a write.</summary>
    public static TBuilder NeedsLiveSession<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Mark.Instance);

    /// <summary>Between authentication and authorization: who comes with an ended session is nobody, and the endpoint decides what that means.</summary>
    public static void UseLiveSessions(this WebApplication app) =>
        app.Use(async (context, next) =>
        {
            if (context.User.Identity?.IsAuthenticated == true && IsDelicate(context) && !await IsLiveAsync(context))
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
            }

            await next(context);
        });

    private static bool IsDelicate(HttpContext context) =>
        !Requests.IsRead(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;

    private static async Task<bool> IsLiveAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<TravelDbContext>();
        return context.User.SessionId() is { } id
            && await LiveAsync(db, id, context.RequestAborted);
    }

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }
}
