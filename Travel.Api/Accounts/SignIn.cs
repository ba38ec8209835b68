using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>E-mail and password for a new session.</summary>
internal sealed class SignIn(
    TravelDbContext db, IPasswordHasher<User> hasher, AccessTokens accessTokens, IOptions<AccessTokenOptions> options, TimeProvider clock)
{
    // Verified when there is no such account, so that both answers take the same time. Hash of a random password.
    private static readonly string HashOfNobody = new PasswordHasher<User>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <returns>Null when address and password do not belong together.</returns>
    public async Task<SessionResponse?> ExecuteAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var email = request.Email.Trim().ToUpperInvariant();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(found => found.NormalizedEmail == email, cancellationToken);
        var verified = hasher.VerifyHashedPassword(user!, user?.PasswordHash ?? HashOfNobody, request.Password);
        if (user is null || verified == PasswordVerificationResult.Failed)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var (row, refreshToken) = RefreshToken.Issue(user.Id, familyId: Guid.CreateVersion7(now), options.Value.RefreshLifetime, now);
        db.RefreshTokens.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        var (accessToken, expiresAt) = accessTokens.Issue(user);
        return new SessionResponse(accessToken, expiresAt, refreshToken);
    }
}
