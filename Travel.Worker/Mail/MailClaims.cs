using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

/// <param name="Attempts">This one included.</param>
internal sealed record ClaimedMail(Guid Id, int Attempts);

/// <summary>
/// The rows that make a mail go out once: claimed and committed before SMTP is spoken to, marked sent after. Only an end of the process between
/// the server's 250 and the mark sends a mail twice, and then under the same Message-ID.
/// </summary>
internal sealed partial class MailClaims(TravelDbContext db, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailClaims> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Takes the mail for this sender alone, until it is sent, has failed, or the lease is over. A recipient who gets no such mail is looked up in
    /// the same statement, so that nobody sends one who has begun after that was said.
    /// </summary>
    /// <returns>Null when there is nothing to send: it was sent already, also for an operator, or is withheld.</returns>
    /// <exception cref="MailIsClaimedException">Another sender has it at this moment.</exception>
    public async Task<ClaimedMail?> ClaimAsync(Guid eventId, string kind, MailDraft draft, bool isSubscription, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var leasedUntil = now + options.Value.Lease;
        var address = EmailAddresses.Normalize(draft.ToAddress!);
        var claimed = await db.Database.SqlQuery<Claim>(
            $"""
            INSERT INTO mails (id, event_id, kind, recipient_id, booking_id, status, attempts, leased_until, last_error, created_at)
            SELECT {Guid.CreateVersion7(now)}::uuid, {eventId}::uuid, {kind}::text, {draft.RecipientId}::uuid, {draft.BookingId}::uuid,
                CASE WHEN suppressed.reason IS NULL THEN 'Queued' ELSE 'Withheld' END,
                CASE WHEN suppressed.reason IS NULL THEN 1 ELSE 0 END,
                CASE WHEN suppressed.reason IS NULL THEN {leasedUntil}::timestamptz END,
                'The address is suppressed: ' || lower(suppressed.reason) || '.',
                {now}::timestamptz
            FROM (SELECT min(reason) AS reason FROM suppressed_addresses WHERE address = {address} AND (reason <> 'Unsubscribed' OR {isSubscription})) suppressed
            ON CONFLICT (event_id, kind) DO UPDATE SET
                -- One that was given up and is replayed is on its way again, so that whoever meets it meanwhile waits for what becomes of it.
                status = CASE WHEN excluded.status = 'Withheld' OR mails.status = 'Failed' THEN excluded.status ELSE mails.status END,
                attempts = mails.attempts + excluded.attempts,
                leased_until = excluded.leased_until,
                next_attempt_at = NULL,
                last_error = coalesce(excluded.last_error, mails.last_error)
            WHERE mails.status NOT IN ('Sent', 'Withheld') AND (mails.leased_until IS NULL OR mails.leased_until <= {now})
                -- What was given up and has since been sent once more for an operator is not sent again by a replay.
                AND (mails.status <> 'Failed' OR (excluded.status = 'Queued'
                    AND NOT EXISTS (SELECT FROM mails again WHERE again.resend_of = mails.id AND again.status = 'Sent')))
            RETURNING id AS "Id", attempts AS "Attempts", status AS "Status"
            """).ToListAsync(cancellationToken);
        if (claimed is [var claim])
        {
            return claim.Status == nameof(MailStatus.Withheld) ? Withheld(claim.Id) : new ClaimedMail(claim.Id, claim.Attempts);
        }

        var isSettled = await db.Mails.AnyAsync(
            mail => mail.EventId == eventId && mail.Kind == kind && mail.Status != MailStatus.Queued && mail.Status != MailStatus.Deferred, cancellationToken);
        return isSettled ? null : throw new MailIsClaimedException();
    }

    /// <summary>
    /// Notes that the server has taken it, for as long as that takes: to the queue a failure would be an attempt in vain, and the next one would send
    /// the mail again.
    /// </summary>
    /// <param name="cancellationToken">That the worker stops: then it is tried once more, and given up.</param>
    public async Task SentAsync(ClaimedMail claimed, CancellationToken cancellationToken)
    {
        MailMetrics.Sent();
        var now = clock.GetUtcNow();
        var failures = 0;
        while (true)
        {
            try
            {
                await NoteSentAsync(claimed, now);
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                var pause = BackOff.After(++failures, FirstPause, LongestPause);
                Log.NotNoted(logger, exception, claimed.Id, pause);
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Lets go of a mail that could not be sent, so that the next attempt need not wait for the lease.</summary>
    public Task DeferAsync(ClaimedMail claimed, Exception reason, CancellationToken cancellationToken)
    {
        MailMetrics.Deferred();
        // Attempts at a mail are those at its message, unless somebody has had that replayed: then there are more, and nobody knows.
        DateTimeOffset? next = claimed.Attempts <= Topology.RetryDelays.Count ? clock.GetUtcNow() + Topology.RetryDelays[claimed.Attempts - 1] : null;
        var error = ErrorOf(reason);
        return db.Mails.Where(mail => mail.Id == claimed.Id && mail.Status != MailStatus.Sent).ExecuteUpdateAsync(
            mail => mail
                .SetProperty(row => row.Status, MailStatus.Deferred)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.NextAttemptAt, next)
                .SetProperty(row => row.LastError, error),
            cancellationToken);
    }

    /// <summary>The server says that nobody has this address: the mail has failed, and no other is tried there.</summary>
    public async Task RefusedAsync(ClaimedMail claimed, string address, MailNotTakenException refused, CancellationToken cancellationToken)
    {
        MailMetrics.Failed();
        Log.Refused(logger, claimed.Id, refused.Message);
        var now = clock.GetUtcNow();
        var error = ErrorOf(refused);
        await db.InTransactionAsync(
            async token =>
            {
                await db.SuppressAsync(address, SuppressionReason.Bounced, refused.Words, by: null, now, token);
                return await FailAsync(db.Mails.Where(mail => mail.Id == claimed.Id && mail.Status != MailStatus.Sent), _ => error, token);
            },
            cancellationToken);
    }

    /// <summary>What has an error of its own keeps it.</summary>
    public Task GiveUpAsync(Guid eventId, Exception reason, CancellationToken cancellationToken)
    {
        MailMetrics.Failed();
        var error = ErrorOf(reason);
        return FailAsync(
            db.Mails.Where(mail => mail.EventId == eventId && (mail.Status == MailStatus.Queued || mail.Status == MailStatus.Deferred)),
            mail => mail.LastError ?? error,
            cancellationToken);
    }

    /// <summary>Of a mail that was to be sent and is not worth it any more. Of one that never was to be, nothing is noted.</summary>
    public Task NothingToSayAsync(Guid eventId, string kind, CancellationToken cancellationToken) => db.Mails
        .Where(mail => mail.EventId == eventId && mail.Kind == kind && (mail.Status == MailStatus.Queued || mail.Status == MailStatus.Deferred))
        .ExecuteUpdateAsync(
            mail => mail
                .SetProperty(row => row.Status, MailStatus.Withheld)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                .SetProperty(row => row.LastError, "There is nothing to say any more, or nobody to say it to."),
            cancellationToken);

    /// <summary>A stop must not come between the server's 250 and this.</summary>
    private Task NoteSentAsync(ClaimedMail claimed, DateTimeOffset now) => db.Database.CreateExecutionStrategy().ExecuteAsync(() =>
        // Once: where the connection breaks after the commit, this runs again.
        db.Database.ExecuteSqlAsync(
            $"""
            WITH sent AS (
                UPDATE mails SET status = 'Sent', sent_at = {now}, leased_until = NULL, last_error = NULL
                WHERE id = {claimed.Id} AND status <> 'Sent'
                RETURNING booking_id, kind)
            INSERT INTO booking_timeline (id, booking_id, at, event, reason)
            SELECT {TimelineEntry.IdOf(now)}, booking_id, {now}, 'mail-sent', kind FROM sent WHERE booking_id IS NOT NULL
            """,
            CancellationToken.None));

    private ClaimedMail? Withheld(Guid mailId)
    {
        MailMetrics.Withheld();
        Log.Withheld(logger, mailId);
        return null;
    }

    private static Task<int> FailAsync(
        IQueryable<MailMessage> mails, Expression<Func<MailMessage, string?>> error, CancellationToken cancellationToken) => mails.ExecuteUpdateAsync(
        mail => mail
            .SetProperty(row => row.Status, MailStatus.Failed)
            .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
            .SetProperty(row => row.LastError, error),
        cancellationToken);

    private static string ErrorOf(Exception reason)
    {
        var cause = reason.GetBaseException();
        var error = cause is MailNotTakenException refused ? $"{refused.Message} {refused.Words}" : $"{cause.GetType().Name}: {cause.Message}";
        return PlainText.Beginning(error, MailMessage.LongestError);
    }

    internal sealed record Claim(Guid Id, int Attempts, string Status);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Mail {MailId} has failed for good, and its recipient gets no other: {Reason}")]
        public static partial void Refused(ILogger logger, Guid mailId, string reason);

        [LoggerMessage(LogLevel.Warning, "Mail {MailId} is sent, and that could not be noted; trying again after {Pause}")]
        public static partial void NotNoted(ILogger logger, Exception exception, Guid mailId, TimeSpan pause);

        [LoggerMessage(LogLevel.Information, "Mail {MailId} is withheld: its recipient gets no such mail")]
        public static partial void Withheld(ILogger logger, Guid mailId);
    }
}

/// <summary>Another sender is at this mail; whether it succeeds is known when its lease is over.</summary>
internal sealed class MailIsClaimedException() : NotYetException("Another sender has this mail.");
