using Travel.Contracts;

namespace Travel.Worker.Mail;

/// <summary>A mail that an event calls for. Registered in <see cref="MailRegistration"/>.</summary>
internal interface IMail<in TMessage>
    where TMessage : IMessage
{
    /// <summary>The mail's name among those that an event may call for: <c>booking-confirmed</c>. It is stored and never changes.</summary>
    static abstract string Kind { get; }

    /// <summary>
    /// Sent because somebody might like it, not because they have to know: they can stop it with one click, and who has done so gets none.
    /// </summary>
    static virtual bool IsSubscription => false;

    /// <returns>Null when there is nobody to tell, or nothing any more.</returns>
    Task<MailDraft?> DraftAsync(TMessage message, CancellationToken cancellationToken);
}

/// <summary>Who gets a mail, and how it comes to be written once this sender has it to itself.</summary>
/// <param name="ToAddress">Null when the account has been erased since: then nothing is sent.</param>
/// <param name="BookingId">The booking whose history tells of the mail; null when it is about none.</param>
internal sealed record MailDraft(
    Guid RecipientId, string? ToAddress, string ToName, Guid? BookingId, Func<CancellationToken, Task<Letter>> WriteAsync);
