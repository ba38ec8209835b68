using Microsoft.EntityFrameworkCore;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Contracts.Accounts;
using Travel.Domain.Outbox;

namespace Travel.Api.Accounts;

/// <summary>Proves that an account's address is its owner's, by a link in a mail.</summary>
internal sealed class VerifyAddress(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    /// <summary>Asks for the mail (again). The same work and answer whether or not there is such an account; the mail's sender decides.</summary>
    public async Task SendMailAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = EmailAddresses.Normalize(email);
        var userId = await db.Users.Where(user => user.NormalizedEmail == normalized).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellationToken);
        db.Outbox.Add(OutboxMessage.Of(new AddressVerificationRequested(userId), clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        outbox.Wake();
    }

    /// <returns>False when the token is not good, or not any more.</returns>
    public Task<bool> ExecuteAsync(string token, CancellationToken cancellationToken) => db.InTransactionAsync(
        async cancel =>
        {
            var userId = await db.UseTokenAsync(token, AccountTokenPurpose.VerifyAddress, clock.GetUtcNow(), cancel);
            return userId is not null && await db.Users.Where(user => user.Id == userId)
                .ExecuteUpdateAsync(
                    // Trying to sign in too early was no guessing.
                    user => user.SetProperty(row => row.EmailConfirmed, true).SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null),
                    cancel) == 1;
        },
        async (verified, cancel) => verified && await db.IsUsedAsync(token, cancel),
        cancellationToken);
}
