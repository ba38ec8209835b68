using Travel.Contracts;

namespace Travel.Worker.Mail;

/// <summary>Sends one mail for one event: claimed, written, handed to the server, noted as sent.</summary>
internal sealed class SendMail<TMessage, TMail>(TMail mail, MailClaims claims, MailRenderer renderer, SmtpSender smtp)
    where TMessage : IMessage
    where TMail : IMail<TMessage>
{
    public async Task ExecuteAsync(Guid eventId, TMessage message, CancellationToken cancellationToken)
    {
        if (await mail.DraftAsync(message, cancellationToken) is not { ToAddress: { } toAddress } draft
            || await claims.ClaimAsync(eventId, TMail.Kind, draft, cancellationToken) is not { } mailId)
        {
            return;
        }

        try
        {
            var letter = await draft.WriteAsync(cancellationToken);
            await smtp.SendAsync(
                new OutgoingMail(
                    MessageId: $"{eventId:N}.{TMail.Kind}",
                    toAddress,
                    draft.ToName,
                    letter.Subject,
                    Html: await renderer.HtmlOfAsync(letter),
                    Text: LetterText.Of(letter),
                    letter.Calendar),
                cancellationToken);
        }
        catch (Exception exception)
        {
            await claims.DeferAsync(mailId, exception, CancellationToken.None);
            throw;
        }

        // The server has taken it: a stop must not come between that and our note of it.
        await claims.SentAsync(mailId, TMail.Kind, draft.BookingId, CancellationToken.None);
    }
}
