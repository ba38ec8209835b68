namespace Travel.Contracts.Operations;

/// <summary>
/// An operator wants a mail written and sent once more. It brings along the event that called for the mail: the outbox forgets events sooner
/// than mails.
/// </summary>
/// <param name="MailId">The mail as it was sent, or not, before.</param>
/// <param name="Kind">Which letter: an event may call for several.</param>
/// <param name="Event">The routing key of the event.</param>
/// <param name="Body">The event, as it was on the bus.</param>
public sealed record MailResendRequested(Guid MailId, string Kind, string Event, string Body) : IMessage
{
    public static string RoutingKey => "mail.resend-requested";
}
