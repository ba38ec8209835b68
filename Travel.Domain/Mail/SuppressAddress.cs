using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Operations;

namespace Travel.Domain.Mail;

/// <summary>An operator sees to it that an address gets no mail.</summary>
public sealed class SuppressAddress(TravelDbContext db, TimeProvider clock)
{
    /// <returns>What is wrong with the request; empty when the address gets no mail from now on, or got none already.</returns>
    public async Task<Dictionary<string, string[]>> ExecuteAsync(Guid operatorId, string address, string reason, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var trimmed = address.Trim();
        if (!EmailAddresses.IsValid(trimmed))
        {
            errors["address"] = ["This is not an e-mail address."];
        }

        if (AuditEntry.ErrorOf(reason) is { } error)
        {
            errors["reason"] = [error];
        }

        if (errors.Count == 0)
        {
            await db.InTransactionAsync(token => SuppressAsync(operatorId, trimmed, reason, token), cancellationToken);
        }

        return errors;
    }

    private async Task<bool> SuppressAsync(Guid operatorId, string address, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!await db.SuppressAsync(address, SuppressionReason.Operator, reason, operatorId, now, cancellationToken))
        {
            return false;
        }

        // The audit is for ever, and whose address it was is not.
        db.Audit.Add(AuditEntry.Of(operatorId, "address-suppressed", MaskedAddress.Of(address.ToLowerInvariant()), now, reason));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
