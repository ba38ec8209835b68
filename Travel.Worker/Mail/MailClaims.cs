using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Mail;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

/// <summary>
/// The rows that make a mail go out once: claimed and committed before SMTP is spoken to, marked sent after. Only a crash between the
/// server's 250 and the mark sends a mail twice, and then under the same Message-ID.
/// </summary>
internal sealed class MailClaims(TravelDbContext db, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Takes the mail for this sender alone, until it is sent, has failed, or the lease is over.</summary>
    /// <returns>The mail's id; null when it was sent already.</returns>
    /// <exception cref="MailIsClaimedException">Another sender has it at this moment.</exception>
    public async Task<Guid?> ClaimAsync(Guid eventId, string kind, MailDraft draft, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var leasedUntil = now + options.Value.Lease;
        var claimed = await db.Database.SqlQuery<Guid>(
            $"""
            INSERT INTO mails (id, event_id, kind, recipient_id, booking_id, status, attempts, leased_until, created_at)
            VALUES ({Guid.CreateVersion7(now)}, {eventId}, {kind}, {draft.RecipientId}, {draft.BookingId}, 'Queued', 1, {leasedUntil}, {now})
            ON CONFLICT (event_id, kind) DO UPDATE SET attempts = mails.attempts + 1, leased_until = excluded.leased_until
            WHERE mails.status <> 'Sent' AND (mails.leased_until IS NULL OR mails.leased_until <= {now})
            RETURNING id AS "Value"
            """).ToListAsync(cancellationToken);
        if (claimed is [var mailId])
        {
            return mailId;
        }

        var sent = await db.Mails.AnyAsync(
            mail => mail.EventId == eventId && mail.Kind == kind && mail.Status == MailStatus.Sent, cancellationToken);
        return sent ? null : throw new MailIsClaimedException();
    }

    public async Task SentAsync(Guid mailId, string kind, Guid? bookingId, CancellationToken cancellationToken)
    {
        MailMetrics.Sent();
        var now = clock.GetUtcNow();
        await db.InTransactionAsync(
            async token =>
            {
                if (bookingId is { } booking)
                {
                    db.Timeline.Add(TimelineEntry.Of(booking, "mail-sent", actorId: null, kind, now));
                    await db.SaveChangesAsync(token);
                }

                return await db.Mails.Where(mail => mail.Id == mailId).ExecuteUpdateAsync(
                    mail => mail
                        .SetProperty(row => row.Status, MailStatus.Sent)
                        .SetProperty(row => row.SentAt, now)
                        .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
                        .SetProperty(row => row.LastError, (string?)null),
                    token);
            },
            cancellationToken);
    }

    /// <summary>Lets go of a mail that could not be sent, so that the next attempt need not wait for the lease.</summary>
    public Task DeferAsync(Guid mailId, Exception reason, CancellationToken cancellationToken)
    {
        MailMetrics.Deferred();
        return SetAsync(db.Mails.Where(mail => mail.Id == mailId), MailStatus.Deferred, reason, cancellationToken);
    }

    public Task GiveUpAsync(Guid eventId, Exception reason, CancellationToken cancellationToken)
    {
        MailMetrics.Failed();
        return SetAsync(db.Mails.Where(mail => mail.EventId == eventId && mail.Status != MailStatus.Sent), MailStatus.Failed, reason, cancellationToken);
    }

    private static Task SetAsync(IQueryable<MailMessage> mails, MailStatus status, Exception reason, CancellationToken cancellationToken)
    {
        var cause = reason.GetBaseException();
        var error = cause is MailNotTakenException refused ? $"{refused.Message} {refused.Words}" : $"{cause.GetType().Name}: {cause.Message}";
        return mails.ExecuteUpdateAsync(
            mail => mail
                .SetProperty(row => row.Status, status)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.LastError, error.Substring(0, Math.Min(error.Length, 1000))),
            cancellationToken);
    }
}

/// <summary>Another sender is at this mail; whether it succeeds is known when its lease is over.</summary>
internal sealed class MailIsClaimedException() : NotYetException("Another sender has this mail.");
