using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;

namespace Travel.Domain.Mail;

/// <summary>Somebody wants no more subscription mail. Whoever has the secret of a letter's link may say so, and as often as they like.</summary>
public sealed class Unsubscribe(TravelDbContext db, TimeProvider clock)
{
    /// <returns>Whether the link is anybody's.</returns>
    public async Task<bool> ExecuteAsync(string token, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(token, "N", out var secret))
        {
            return false;
        }

        var reader = await db.Users.Where(user => user.UnsubscribeToken == secret).Select(user => new { user.Email }).SingleOrDefaultAsync(cancellationToken);
        if (reader is null)
        {
            return false;
        }

        // Without an address the account has been erased, and gets no mail anyway.
        if (reader.Email is { } address)
        {
            await db.SuppressAsync(address, SuppressionReason.Unsubscribed, note: null, by: null, clock.GetUtcNow(), cancellationToken);
        }

        return true;
    }
}
