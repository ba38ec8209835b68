using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>When guessing at one account's password is stopped. Section <c>LockOut</c>.</summary>
internal sealed class LockOutOptions
{
    public const string Section = "LockOut";

    /// <summary>Wrong passwords in a row; 10 by default, more than a person tries before giving up. As many may be given, right or wrong, by somebody who is signed in.</summary>
    [Range(3, 1000)]
    public int After { get; set; } = 10;

    /// <summary>How long no password is right then, or who is signed in has to wait. Fifteen minutes by default: at most 1,000 guesses a day, and the owner is not kept out for long.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>
/// Whether a password is an account's. Of a stranger's, one hash and one look at the database for every answer, and one update for every refusal, so that
/// neither answers nor the work behind them tell whether an address has an account or one is locked.
/// </summary>
internal sealed class PasswordCheck(TravelDbContext db, IPasswordHasher<User> hasher, IOptions<LockOutOptions> options, TimeProvider clock)
{
    // Verified where there is no account. Hash of a random password.
    private static readonly string HashOfNobody = new PasswordHasher<User>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <summary>
    /// For signing in. An address that is not verified is nobody's, and its password as wrong as any: somebody who registers an address
    /// with a password of their own must not see by it whether the address had an account.
    /// </summary>
    /// <returns>Null when address and password do not belong together, or no password is right at this time.</returns>
    public async Task<User?> OwnerOfAsync(string email, string password, CancellationToken cancellationToken)
    {
        var normalized = EmailAddresses.Normalize(email);
        return await IsRightAsync(await db.Users.AsNoTracking().SingleOrDefaultAsync(found => found.NormalizedEmail == normalized, cancellationToken), password, cancellationToken);
    }

    /// <summary>
    /// For somebody who is signed in and about to do what a borrowed browser must not. Says nothing new about the account, and a lock is
    /// to keep out others; <see cref="Limits.PasswordLimit"/> counts these.
    /// </summary>
    /// <returns>Null when it is not their password.</returns>
    public async Task<User?> OwnerOfAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(found => found.Id == userId, cancellationToken);
        var isRight = user?.PasswordHash is { } hash && hasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed;
        return isRight ? user : null;
    }

    private async Task<User?> IsRightAsync(User? user, string password, CancellationToken cancellationToken)
    {
        var verified = hasher.VerifyHashedPassword(user!, user?.PasswordHash ?? HashOfNobody, password);
        var now = clock.GetUtcNow();
        var lockedOut = user is { LockoutEnabled: true } && user.LockoutEnd > now;
        if (user is not { EmailConfirmed: true, PasswordHash: not null } || verified == PasswordVerificationResult.Failed || lockedOut)
        {
            await CountAsync(user?.Id ?? Guid.Empty, now, cancellationToken);
            return null;
        }

        if (user.AccessFailedCount > 0 || user.LockoutEnd is not null)
        {
            await db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
                row => row.SetProperty(to => to.AccessFailedCount, 0).SetProperty(to => to.LockoutEnd, (DateTimeOffset?)null), cancellationToken);
        }

        return user;
    }

    /// <summary>
    /// In one update, so that guesses made at once are all counted. A lock that is there is not made longer, or it could be made endless.
    /// Nobody waits for the disk, which takes time only where there is a row to change; a crash forgets a guess or two.
    /// </summary>
    private Task<int> CountAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var after = options.Value.After;
        var until = now + options.Value.Duration;
        return db.Database.ExecuteSqlAsync(
            $"""
            WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS commit)
            UPDATE users
            SET access_failed_count = CASE WHEN access_failed_count + 1 >= {after} THEN 0 ELSE access_failed_count + 1 END,
                lockout_end = CASE WHEN access_failed_count + 1 >= {after} THEN {until} END
            FROM quick
            WHERE quick.commit = 'off' AND id = {userId} AND lockout_enabled AND (lockout_end IS NULL OR lockout_end <= {now})
            """,
            cancellationToken);
    }
}
