using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Outbox;

namespace Travel.Api.Accounts;

/// <summary>Another password for somebody who knows the one at present. All their other sessions end.</summary>
internal sealed class ChangePassword(
    TravelDbContext db, PasswordCheck passwords, IPasswordHasher<User> hasher, OutboxSignal outbox, TimeProvider clock)
{
    internal static readonly string[] NotYours = ["This is not your password."];

    /// <param name="sessionId">The session that asks, which goes on.</param>
    /// <returns>What is wrong with the request; empty when it is done.</returns>
    public async Task<Dictionary<string, string[]>> ExecuteAsync(
        Guid userId, Guid sessionId, ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        if (await passwords.OwnerOfAsync(userId, request.CurrentPassword, cancellationToken) is not { } user)
        {
            return Error("currentPassword", NotYours);
        }

        if (PasswordRules.ErrorOf(request.NewPassword, user.Email!, user.DisplayName) is { } error)
        {
            return Error("newPassword", [error]);
        }

        var hash = hasher.HashPassword(user, request.NewPassword);
        var done = await db.InTransactionAsync(
            token => ChangeAsync(user, hash, sessionId, token),
            async (changed, token) => changed && await db.Users.AnyAsync(row => row.Id == user.Id && row.PasswordHash == hash, token),
            cancellationToken);
        outbox.Wake();
        return done ? [] : Error("currentPassword", NotYours);
    }

    private async Task<bool> ChangeAsync(User user, string hash, Guid sessionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Only over the password that was shown: somebody may have changed or reset it a moment ago.
        var changed = await db.Users.Where(row => row.Id == user.Id && row.PasswordHash == user.PasswordHash).ExecuteUpdateAsync(
            row => row.SetProperty(to => to.PasswordHash, hash).SetProperty(to => to.SecurityStamp, Guid.NewGuid().ToString("N")), cancellationToken);
        if (changed == 0)
        {
            return false;
        }

        await db.EndSessionsAsync(session => session.UserId == user.Id && session.Id != sessionId, SessionEnd.PasswordChanged, now, cancellationToken);
        db.Outbox.Add(OutboxMessage.Of(new PasswordChanged(user.Id, now), now));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static Dictionary<string, string[]> Error(string field, string[] errors) => new(StringComparer.Ordinal) { [field] = errors };
}
