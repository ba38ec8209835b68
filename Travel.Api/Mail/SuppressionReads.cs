using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Mail;

namespace Travel.Api.Mail;

internal static class SuppressionReads
{
    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public static Task<List<SuppressionResponse>> FindAsync(
        TravelDbContext db, RecipientFilter wanted, Guid after, int limit, CancellationToken cancellationToken)
    {
        var suppressed = db.SuppressedAddresses.Where(row => after == Guid.Empty || row.Id < after);
        if (wanted.Id is { } userId)
        {
            suppressed = suppressed.Where(row => row.Address == db.Users.Where(user => user.Id == userId).Select(user => user.NormalizedEmail).FirstOrDefault());
        }

        if (wanted.Address is { } address)
        {
            suppressed = suppressed.Where(row => row.Address == address);
        }

        return ReadAsync(db, suppressed.OrderByDescending(row => row.Id).Take(limit), cancellationToken);
    }

    /// <summary>The one that an operator has made.</summary>
    public static async Task<SuppressionResponse> OfOperatorAsync(TravelDbContext db, string address, CancellationToken cancellationToken)
    {
        var normalized = EmailAddresses.Normalize(address);
        var rows = await ReadAsync(
            db, db.SuppressedAddresses.Where(row => row.Address == normalized && row.Reason == SuppressionReason.Operator), cancellationToken);
        return rows.Single();
    }

    private static async Task<List<SuppressionResponse>> ReadAsync(TravelDbContext db, IQueryable<SuppressedAddress> suppressed, CancellationToken cancellationToken)
    {
        var rows = await suppressed
            .Select(row => new { Row = row, By = db.Users.Where(user => user.Id == row.SuppressedBy).Select(user => user.DisplayName).FirstOrDefault() })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(found => new SuppressionResponse(
            found.Row.Id,
            MaskedAddress.Of(found.Row.Address.ToLowerInvariant()),
            found.Row.Reason,
            found.Row.Since,
            found.By,
            found.Row.Note is null ? null : MaskedAddress.In(found.Row.Note)));
    }
}
