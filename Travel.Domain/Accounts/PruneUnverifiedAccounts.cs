using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;

namespace Travel.Domain.Accounts;

/// <summary>
/// Forgets accounts that nobody has ever proven to be theirs, with the mails that asked whether they are and what their mail servers said: nobody
/// could sign in to one, and most are somebody's mistyped address.
/// </summary>
public sealed class PruneUnverifiedAccounts(TravelDbContext db, TimeProvider clock)
{
    private const int BatchSize = 1000;

    // A month in which to look into the mailbox, and to ask for the mail again.
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var pruned = 0;
        int batch;
        do
        {
            batch = await db.InTransactionAsync(PruneAsync, cancellationToken);
            pruned += batch;
        }
        while (batch == BatchSize);

        return pruned;
    }

    private async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Keep;
        // Locked, so that nobody proves one meanwhile; whoever is at one already, has it.
        var ids = await db.Database.SqlQuery<Guid>(
            $"""
            SELECT id AS "Value" FROM users
            WHERE NOT email_confirmed AND erased_at IS NULL AND created_at < {before}
                AND NOT EXISTS (SELECT FROM bookings WHERE guest_id = users.id)
                AND NOT EXISTS (SELECT FROM reviews WHERE guest_id = users.id)
                AND NOT EXISTS (SELECT FROM listings WHERE host_id = users.id)
            ORDER BY id LIMIT {BatchSize}
            FOR UPDATE SKIP LOCKED
            """).ToListAsync(cancellationToken);
        await db.Mails.Where(mail => ids.Contains(mail.RecipientId)).ExecuteDeleteAsync(cancellationToken);
        var people = db.Users.Where(user => ids.Contains(user.Id));
        // But what an operator has said: else anybody could undo it with a registration.
        await db.SuppressedAddresses.Where(suppressed => suppressed.Reason != SuppressionReason.Operator).ForgetOfAsync(people, cancellationToken);
        // Sessions and links go with them.
        return await people.ExecuteDeleteAsync(cancellationToken);
    }
}
