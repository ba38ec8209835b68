namespace Travel.Contracts.Operations;

/// <summary>What became of a mail.</summary>
public enum MailStatus
{
    /// <summary>Known, not yet tried.</summary>
    Queued,

    /// <summary>The SMTP server took it.</summary>
    Sent,

    /// <summary>Tried in vain; the broker will bring it back.</summary>
    Deferred,

    /// <summary>Given up, or refused for good; waits for a person.</summary>
    Failed,

    /// <summary>Not sent, because the recipient gets no such mail, or because there was nothing to say any more.</summary>
    Withheld,
}

/// <summary>A mail as an operator sees it.</summary>
/// <param name="Kind">Which letter: <c>booking-confirmed</c>.</param>
/// <param name="RecipientId">The account it is for.</param>
/// <param name="Recipient">Its address, but for the most of the name: <c>s***@travel.test</c>; null once the account has been erased.</param>
/// <param name="BookingId">Null when it is about none.</param>
/// <param name="LastError">What went wrong last, or why it was withheld; addresses in it are masked.</param>
/// <param name="NextAttemptAt">When it is tried again, where that is known.</param>
/// <param name="ResendOf">The mail that an operator wanted sent once more; null for one that an event called for.</param>
public sealed record MailSummary(
    Guid Id,
    string Kind,
    MailStatus Status,
    Guid RecipientId,
    string? Recipient,
    Guid? BookingId,
    string? BookingReference,
    int Attempts,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? NextAttemptAt,
    Guid? ResendOf);

/// <summary>A mail is written and sent once more.</summary>
/// <param name="Id">Of the new mail, whose fate is its own.</param>
public sealed record ResendMailResponse(Guid Id);

/// <summary>Why an address gets no mail.</summary>
public enum SuppressionReason
{
    /// <summary>A mail server said that nobody has this address. It gets no mail at all.</summary>
    Bounced,

    /// <summary>Its owner wants no subscription mail; whatever they have to know is sent.</summary>
    Unsubscribed,

    /// <summary>An operator said so. It gets no mail at all.</summary>
    Operator,
}

/// <summary>That an address gets no mail, or no subscription mail, for one reason; there may be others.</summary>
/// <param name="Address">But for the most of the name: <c>s***@travel.test</c>.</param>
/// <param name="By">What the operator is called whose reason it is.</param>
/// <param name="Note">What the operator gave as the reason, or what the mail server said; addresses in it are masked.</param>
public sealed record SuppressionResponse(Guid Id, string Address, SuppressionReason Reason, DateTimeOffset Since, string? By, string? Note);

/// <param name="Reason">For the record; 3 to 500 characters.</param>
public sealed record SuppressAddressRequest(string Address, string Reason);

/// <param name="Reason">For the record; 3 to 500 characters.</param>
public sealed record LiftSuppressionRequest(string Reason);

/// <param name="Token">Of the link in the mail.</param>
public sealed record UnsubscribeRequest(string Token);
