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
    /// <returns>Null when address and password do not belong together, the address is not verified, or the account is locked for a while: one answer.</returns>
    public async Task<SessionResponse?> ExecuteAsync(SignInRequest request, string? userAgent, CancellationToken cancellationToken)
    {
        if (await passwords.OwnerOfAsync(request.Email, request.Password, cancellationToken) is not { } user)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var session = Session.Start(user.Id, UserAgents.Shorten(userAgent), now);
        var (row, refreshToken) = RefreshToken.Issue(user.Id, session.Id, options.Value.RefreshLifetime, now);
        db.Sessions.Add(session);
        db.RefreshTokens.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        var (accessToken, expiresAt) = accessTokens.Issue(user, session.Id);
        return new SessionResponse(accessToken, expiresAt, refreshToken);
    }
}
