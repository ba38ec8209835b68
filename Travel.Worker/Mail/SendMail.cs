using Travel.Contracts;

namespace Travel.Worker.Mail;

/// <summary>Sends one mail for one event: claimed, written, handed to the server, noted as sent.</summary>
internal sealed class SendMail<TMessage, TMail>(
    TMail mail,
    MailThrottle throttle,
    SmtpConnections connections,
    MailClaims claims,
    UnsubscribeLinks unsubscribe,
    MailRenderer renderer,
    SmtpSender smtp)
    where TMessage : IMessage
    where TMail : IMail<TMessage>
{
    public async Task ExecuteAsync(Guid eventId, TMessage message, CancellationToken cancellationToken)
    {
        // All waiting comes first: what is drafted and claimed after it is not old when it goes.
        await throttle.WaitAsync(cancellationToken);
        using var place = await connections.TakePlaceAsync(cancellationToken);
        if (await mail.DraftAsync(message, cancellationToken) is not { ToAddress: { } toAddress } draft)
        {
            await claims.NothingToSayAsync(eventId, TMail.Kind, cancellationToken);
            return;
        }

        if (await claims.ClaimAsync(eventId, TMail.Kind, draft, TMail.IsSubscription, cancellationToken) is not { } claimed)
        {
            return;
        }

        try
        {
            await smtp.SendAsync(await WriteAsync(eventId, draft, toAddress, cancellationToken), place, cancellationToken);
        }
        catch (MailNotTakenException refused) when (refused.IsOfRecipientForGood)
        {
            await claims.RefusedAsync(claimed, toAddress, refused, CancellationToken.None);
            return;
        }
        catch (Exception exception)
        {
            await claims.DeferAsync(claimed, exception, CancellationToken.None);
            throw;
        }

        await claims.SentAsync(claimed, cancellationToken);
    }

    private async Task<OutgoingMail> WriteAsync(Guid eventId, MailDraft draft, string toAddress, CancellationToken cancellationToken)
    {
        var stop = TMail.IsSubscription ? await unsubscribe.OfAsync(draft.RecipientId, cancellationToken) : null;
        var letter = await draft.WriteAsync(cancellationToken) with { Unsubscribe = stop?.Page };
        return new OutgoingMail(
            MessageId: $"{eventId:N}.{TMail.Kind}",
            toAddress,
            draft.ToName,
            letter.Subject,
            Html: await renderer.HtmlOfAsync(letter),
            Text: LetterText.Of(letter),
            letter.Calendar,
            stop?.OneClick);
    }
}
