using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Idempotency;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Domain.Mail;

/// <summary>
/// An operator has a mail written and sent once more, to whom it was for: an event of its own, so that it has a row, a fate and a Message-ID of
/// its own. It says things as they are by then.
/// </summary>
public sealed class ResendMail(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    public async Task<ResendMailOutcome> ExecuteAsync(Guid operatorId, Guid mailId, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = IdempotentRequest.Of(operatorId, idempotencyKey, nameof(ResendMail), new { mailId });
        var outcome = await db.InTransactionAsync(token => ResendAsync(request, operatorId, mailId, token), cancellationToken);
        outbox.Wake();
        return outcome;
    }

    private async Task<ResendMailOutcome> ResendAsync(IdempotentRequest request, Guid operatorId, Guid mailId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        switch (await request.TakeAsync(db, now, cancellationToken))
        {
            case KeyState.InFlight: return new ResendMailOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new ResendMailOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new ResendMailOutcome.Resent(answered.As<ResendMailResponse>());
        }

        // Locked: of two operators who want the same at once, the second sees what the first has done.
        var found = await db.Mails.FromSql($"SELECT * FROM mails WHERE id = {mailId} FOR NO KEY UPDATE").AsNoTracking().ToListAsync(cancellationToken);
        if (found is not [var mail])
        {
            return new ResendMailOutcome.NoSuchMail();
        }

        if (mail.IsOnItsWay(now))
        {
            return new ResendMailOutcome.NotPossible("This mail is still on its way: it is tried again by itself.");
        }

        var last = await db.Mails.AsNoTracking().Where(copy => copy.ResendOf == mailId).OrderByDescending(copy => copy.Id).FirstOrDefaultAsync(cancellationToken);
        if (last?.IsOnItsWay(now) == true)
        {
            return new ResendMailOutcome.NotPossible("This mail is being sent again already.");
        }

        if (await db.Users.AnyAsync(user => user.Id == mail.RecipientId && user.ErasedAt != null, cancellationToken))
        {
            return new ResendMailOutcome.NotPossible("The account that this mail was for has been erased.");
        }

        if (await EventOfAsync(mail, cancellationToken) is not { } cause)
        {
            return new ResendMailOutcome.NotPossible("The event that called for this mail is no longer kept, so the mail cannot be written again.");
        }

        var again = OutboxMessage.Of(cause, now);
        var copy = new MailMessage
        {
            Id = Guid.CreateVersion7(now),
            EventId = again.Id,
            Kind = mail.Kind,
            RecipientId = mail.RecipientId,
            BookingId = mail.BookingId,
            Status = MailStatus.Queued,
            Attempts = 0,
            ResendOf = mail.Id,
            CreatedAt = now,
        };
        var answer = new ResendMailResponse(copy.Id);
        db.Outbox.Add(again);
        db.Mails.Add(copy);
        db.Audit.Add(AuditEntry.Of(operatorId, "mail-resent", mail.Id.ToString(), now));
        db.IdempotencyKeys.Add(request.Answer(answer, now));
        await db.SaveChangesAsync(cancellationToken);
        return new ResendMailOutcome.Resent(answer);
    }

    /// <returns>Null when the outbox has forgotten it.</returns>
    private async Task<MailResendRequested?> EventOfAsync(MailMessage mail, CancellationToken cancellationToken)
    {
        var told = await db.Outbox.AsNoTracking().SingleOrDefaultAsync(message => message.Id == mail.EventId, cancellationToken);
        return told switch
        {
            null => null,
            // Of a mail that was sent again already: what called for the first one.
            _ when told.RoutingKey == MailResendRequested.RoutingKey =>
                JsonSerializer.Deserialize<MailResendRequested>(told.Body, TravelJson.Options)! with { MailId = mail.Id },
            _ => new MailResendRequested(mail.Id, mail.Kind, told.RoutingKey, told.Body),
        };
    }
}

public abstract record ResendMailOutcome
{
    private ResendMailOutcome()
    {
    }

    /// <summary>It is on its way, or was already when the same was asked for before.</summary>
    public sealed record Resent(ResendMailResponse Mail) : ResendMailOutcome;

    public sealed record NoSuchMail : ResendMailOutcome;

    /// <param name="Sentence">Why.</param>
    public sealed record NotPossible(string Sentence) : ResendMailOutcome;

    public sealed record InFlight : ResendMailOutcome;

    public sealed record KeyUsedForAnotherRequest : ResendMailOutcome;
}
