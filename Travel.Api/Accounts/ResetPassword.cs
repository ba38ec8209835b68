using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Outbox;

namespace Travel.Api.Accounts;

/// <summary>A new password for somebody who has forgotten theirs and reads mail at the account's address.</summary>
internal sealed class ResetPassword(TravelDbContext db, IPasswordHasher<User> hasher, OutboxSignal outbox, TimeProvider clock)
{
    private static readonly string[] NotGood = ["This link is not good any more. Ask for a new one."];

    /// <summary>The same work and answer whether or not there is such an account; the mail's sender decides.</summary>
    public async Task SendMailAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = EmailAddresses.Normalize(email);
        var userId = await db.Users.Where(user => user.NormalizedEmail == normalized).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellationToken);
        db.Outbox.Add(OutboxMessage.Of(new PasswordResetRequested(userId), clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        outbox.Wake();
    }

    /// <returns>What is wrong with the request; empty when it is done. A password that will not do leaves the link good.</returns>
    public async Task<Dictionary<string, string[]>> ExecuteAsync(ResetPasswordRequest request, CancellationToken cancellationToken)
    {
        var user = await db.OwnerOf(request.Token, AccountTokenPurpose.ResetPassword, clock.GetUtcNow()).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return Error("token", NotGood);
        }

        if (PasswordRules.ErrorOf(request.Password, user.Email!, user.DisplayName) is { } error)
        {
            return Error("password", [error]);
        }

        var hash = hasher.HashPassword(user, request.Password);
        var done = await db.InTransactionAsync(
            token => ResetAsync(request.Token, hash, token),
            async (reset, token) => reset && await db.Users.AnyAsync(row => row.Id == user.Id && row.PasswordHash == hash, token),
            cancellationToken);
        outbox.Wake();
        return done ? [] : Error("token", NotGood);
    }

    private async Task<bool> ResetAsync(string token, string hash, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.UseTokenAsync(token, AccountTokenPurpose.ResetPassword, now, cancellationToken) is not { } userId)
        {
            return false;
        }

        // Whoever reads mail there has proven the address, too; and a lock was to keep out others.
        await db.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(
            user => user
                .SetProperty(row => row.PasswordHash, hash)
                .SetProperty(row => row.SecurityStamp, Guid.NewGuid().ToString("N"))
                .SetProperty(row => row.EmailConfirmed, true)
                .SetProperty(row => row.AccessFailedCount, 0)
                .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken);
        await db.EndSessionsAsync(session => session.UserId == userId, SessionEnd.PasswordChanged, now, cancellationToken);
        db.Outbox.Add(OutboxMessage.Of(new PasswordChanged(userId, now), now));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static Dictionary<string, string[]> Error(string field, string[] errors) => new(StringComparer.Ordinal) { [field] = errors };
}
