using Microsoft.EntityFrameworkCore;
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
    public async Task<SessionResponse?> ExecuteAsync(SignInRequest request, string? userAgent, CancellationToken cancellationToken) =>
        await passwords.OwnerOfAsync(request.Email, request.Password, cancellationToken) is { } user
            ? await db.InTransactionAsync(token => StartAsync(user, UserAgents.Shorten(userAgent), token), cancellationToken)
            : null;

    private async Task<SessionResponse?> StartAsync(User user, string? userAgent, CancellationToken cancellationToken)
    {
        // Hashing takes its time, in which the password may have been changed or the account erased, and all sessions been ended. Locked, so
        // that whoever does that from here on waits, and ends this one too.
        var same = await db.Database.SqlQuery<Guid>(
            $"SELECT id AS \"Value\" FROM users WHERE id = {user.Id} AND security_stamp = {user.SecurityStamp} AND erased_at IS NULL FOR SHARE")
            .ToListAsync(cancellationToken);
        if (same.Count == 0)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var session = Session.Start(user.Id, userAgent, now);
        var (row, refreshToken) = RefreshToken.Issue(user.Id, session.Id, options.Value.RefreshLifetime, now);
        db.Sessions.Add(session);
        db.RefreshTokens.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        var (accessToken, expiresAt) = accessTokens.Issue(user, session.Id);
        return new SessionResponse(accessToken, expiresAt, refreshToken);
    }
}
