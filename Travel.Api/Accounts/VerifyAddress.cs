using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Contracts.Accounts;
using Travel.Domain.Outbox;

namespace Travel.Api.Accounts;

/// <summary>Proves that an account's address is its owner's, by a link in a mail.</summary>
internal sealed class VerifyAddress(TravelDbContext db, IPasswordHasher<User> hasher, OutboxSignal outbox, TimeProvider clock)
{
    private static readonly string[] NotGood = ["This link is not good any more. Ask for a new one."];
    private static readonly string[] NotTheirs = ["This is not the password with which this address was registered last. Was it somebody else? Choose a new password, and the account is yours."];

    /// <summary>Asks for the mail (again). The same work and answer whether or not there is such an account; the mail's sender decides.</summary>
    public async Task SendMailAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = EmailAddresses.Normalize(email);
        var userId = await db.Users.Where(user => user.NormalizedEmail == normalized).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellationToken);
        db.Outbox.Add(OutboxMessage.Of(new AddressVerificationRequested(userId), clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        outbox.Wake();
    }

    /// <returns>What is wrong with the request; empty when it is done. A password that is not the account's leaves the link good.</returns>
    public async Task<Dictionary<string, string[]>> ExecuteAsync(VerifyAddressRequest request, CancellationToken cancellationToken)
    {
        if (request.Password is { } password && !await IsOwnersAsync(request.Token, password, cancellationToken))
        {
            return Error("password", NotTheirs);
        }

        var done = await db.InTransactionAsync(
            token => VerifyAsync(request.Token, token),
            async (verified, token) => verified && await db.IsUsedAsync(request.Token, token),
            cancellationToken);
        return done ? [] : Error("token", NotGood);
    }

    /// <summary>Not of a link that is not good: what is wrong is the link then.</summary>
    private async Task<bool> IsOwnersAsync(string token, string password, CancellationToken cancellationToken)
    {
        var user = await db.OwnerOf(token, AccountTokenPurpose.VerifyAddress, clock.GetUtcNow()).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return user is null
            || (user.PasswordHash is { } hash && hasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed);
    }

    /// <summary>The link is good only while the password is the one that was just looked at: another registration changes the security stamp.</summary>
    private async Task<bool> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var userId = await db.UseTokenAsync(token, AccountTokenPurpose.VerifyAddress, clock.GetUtcNow(), cancellationToken);
        // Trying to sign in too early was no guessing.
        return userId is not null && await db.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(
            user => user
                .SetProperty(row => row.EmailConfirmed, true)
                .SetProperty(row => row.AccessFailedCount, 0)
                .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken) == 1;
    }

    private static Dictionary<string, string[]> Error(string field, string[] errors) => new(StringComparer.Ordinal) { [field] = errors };
}
