using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Api.Limits;
using Travel.Api.Visitors;
using Travel.Contracts;
using Travel.Contracts.Accounts;

namespace Travel.Api.Accounts;

/// <summary>Signing in and staying so.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Accounts");
        sessions.MapPost("", SignInAsync).WithName("SignIn").WithSummary("Sign in")
            .Refuses(ProblemTypes.Unauthorized);
        sessions.MapPost("/refresh", RefreshAsync).WithName("RefreshSession").WithSummary("Next access and refresh token")
            .Refuses(ProblemTypes.Unauthorized);
        sessions.MapOwnSessions();
    }

    private static async Task<Results<Ok<SessionResponse>, ValidationProblem, ProblemHttpResult>> SignInAsync(
        SignInRequest request, SignIn signIn, SignInLimit limit, HttpContext context, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Email))
        {
            return Problems.Invalid("email", "Your e-mail address is missing.");
        }

        if (string.IsNullOrEmpty(request.Password))
        {
            return Problems.Invalid("password", "Your password is missing.");
        }

        if (await limit.TakeAsync(context.VisitorKey(), request.Email) is { } retryAfter)
        {
            return context.TooManyRequests("Too many attempts to sign in. Try again a little later.", retryAfter);
        }

        var session = await signIn.ExecuteAsync(request, context.Request.Headers.UserAgent, cancellationToken);
        return session is null ? Problems.Unauthorized("E-mail address and password do not match.") : TypedResults.Ok(session);
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> RefreshAsync(
        RefreshSessionRequest request, RefreshSession refresh, CancellationToken cancellationToken)
    {
        var session = await refresh.ExecuteAsync(request, cancellationToken);
        return session is null ? Problems.Unauthorized("This session has ended. Sign in again.") : TypedResults.Ok(session);
    }
}
