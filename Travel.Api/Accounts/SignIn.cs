using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>E-mail and password for a new session.</summary>
internal sealed class SignIn(
    TravelDbContext db, PasswordCheck passwords, AccessTokens accessTokens, IOptions<AccessTokenOptions> options, TimeProvider clock)
{
    /// <param name="userAgent">What the browser calls itself.</param>
    public async Task<SignInOutcome> ExecuteAsync(SignInRequest request, string? userAgent, CancellationToken cancellationToken)
    {
        var user = await passwords.OwnerOfAsync(request.Email, request.Password, cancellationToken);
        if (user is not { EmailConfirmed: true })
        {
            // Who knows the password may know that there is an account.
            return user is null ? new SignInOutcome.NoMatch() : new SignInOutcome.EmailNotVerified();
        }

        var now = clock.GetUtcNow();
        var session = Session.Start(user.Id, UserAgents.Shorten(userAgent), now);
        var (row, refreshToken) = RefreshToken.Issue(user.Id, session.Id, options.Value.RefreshLifetime, now);
        db.Sessions.Add(session);
        db.RefreshTokens.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        var (accessToken, expiresAt) = accessTokens.Issue(user, session.Id);
        return new SignInOutcome.SignedIn(new SessionResponse(accessToken, expiresAt, refreshToken));
    }
}

internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    public sealed record SignedIn(SessionResponse Session) : SignInOutcome;

    /// <summary>Address and password do not belong together, or the account is locked for a while.</summary>
    public sealed record NoMatch : SignInOutcome;

    /// <summary>The password is right, and whose the address is has not been proven.</summary>
    public sealed record EmailNotVerified : SignInOutcome;
}
