using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Travel.Worker.Mail;

/// <summary>Whether a mail server's no is about the recipient and for good, or about us, or about this moment.</summary>
/// <remarks>
/// System.Net.Mail says what was answered to RCPT with 450, 452, 550, 551, 552 and 553 as <see cref="SmtpFailedRecipientException"/>. Everything
/// else, also 554 to RCPT, comes as a plain <see cref="SmtpException"/> that does not say what it answers: it may as well be our address, our
/// password or our text that is refused. There only an enhanced status code (RFC 3463) about the recipient tells. It also tells where 550 is not
/// about the recipient: 5.7.1 is policy, and the first mail to be refused for our sake must not put everybody on the list of the suppressed.
/// </remarks>
internal static partial class Refusals
{
    /// <summary>RFC 7504: this domain takes no mail. System.Net.Mail has no name for it.</summary>
    private const SmtpStatusCode DomainTakesNoMail = (SmtpStatusCode)556;

    /// <summary>The recipient is nobody, and will be nobody tomorrow.</summary>
    public static bool IsOfRecipientForGood(SmtpException exception)
    {
        if (exception.StatusCode is not (SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath
            or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.TransactionFailed or DomainTakesNoMail))
        {
            return false;
        }

        var (subject, detail) = EnhancedCodeIn(exception.Message);
        return subject switch
        {
            // Addressing: but 5 says that the address is valid, 7 and 8 are about the sender's, 9 about a server behind.
            1 => detail is not (5 or 7 or 8 or 9),
            // The mailbox: disabled, and not full (2), or too small for this mail (3).
            2 => detail is 1,
            // Other, or a wrong command: some of the largest say so of mailboxes that are not there.
            null or 0 or 5 => exception is SmtpFailedRecipientException && !IsAboutRelaying(exception.Message),
            // Their system, the way there, the text, or policy.
            _ => false,
        };
    }

    /// <summary>What servers without enhanced codes say when we are not allowed to send through them, or to anybody but theirs.</summary>
    private static bool IsAboutRelaying(string words) => words.Contains("relay", StringComparison.OrdinalIgnoreCase);

    private static (int? Subject, int? Detail) EnhancedCodeIn(string words) => EnhancedCode().Match(words) is { Success: true } code
        ? (int.Parse(code.Groups["subject"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(code.Groups["detail"].ValueSpan, CultureInfo.InvariantCulture))
        : (null, null);

    // Not a part of a number, nor of an address of four.
    [GeneratedRegex(@"(?<![\d.])5\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})(?!\d|\.\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnhancedCode();
}
