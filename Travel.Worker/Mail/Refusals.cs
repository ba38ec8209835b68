using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Travel.Worker.Mail;

/// <summary>Whether a mail server's no is about the recipient and for good, or about us, or about this moment.</summary>
/// <remarks>
/// System.Net.Mail says what was answered to RCPT with 450, 452, 550, 551, 552 and 553 as <see cref="SmtpFailedRecipientException"/>. Everything
/// else, also 554 to RCPT, comes as a plain <see cref="SmtpException"/> that does not say what it answers. But even to RCPT servers say no for our
/// sake: for want of a sign-in, for our address, for a list that we are on. One such mistake must not put everybody on the list of the
/// suppressed, and a bounce too few costs six attempts. So only a no that names the recipient counts.
/// </remarks>
internal static partial class Refusals
{
    /// <summary>RFC 7504: this domain takes no mail. System.Net.Mail has no name for it.</summary>
    private const SmtpStatusCode DomainTakesNoMail = (SmtpStatusCode)556;

    /// <summary>After its own words for the status code, which are "Mailbox unavailable" for every 550, System.Net.Mail says this before the server's.</summary>
    private const string BeforeTheServersWords = "The server response was: ";

    /// <summary>
    /// RFC 3463 and 7505: no such mailbox (5.1.1), no such domain (2), no valid address (3), moved (6), a domain that takes no mail (10), and a
    /// mailbox that is closed (5.2.1). All others, also 5.1.0 and 5.0.0, are said for many reasons.
    /// </summary>
    private static readonly string[] CodesOfRecipients = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];

    /// <summary>What servers without enhanced codes say of somebody they do not know.</summary>
    private static readonly string[] WordsOfRecipients = ["no such user", "user unknown", "unknown user", "mailbox unavailable", "does not exist"];

    /// <summary>Whose address it is that is nobody's: ours.</summary>
    private static readonly string[] WordsOfSenders = ["sender", "mail from"];

    /// <summary>The recipient is nobody, and will be nobody tomorrow.</summary>
    public static bool IsOfRecipientForGood(SmtpException exception)
    {
        var words = ServersWordsIn(exception.Message);
        if (Has(words, WordsOfSenders))
        {
            return false;
        }

        var code = EnhancedCode().Match(words);
        return exception.StatusCode switch
        {
            SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed when !code.Success =>
                exception is SmtpFailedRecipientException && Has(words, WordsOfRecipients),
            SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed
                or SmtpStatusCode.TransactionFailed or DomainTakesNoMail => CodesOfRecipients.Contains(code.Value, StringComparer.Ordinal),
            _ => false,
        };
    }

    private static string ServersWordsIn(string message) => message.IndexOf(BeforeTheServersWords, StringComparison.Ordinal) is >= 0 and var at
        ? message[(at + BeforeTheServersWords.Length)..]
        : "";

    private static bool Has(string words, string[] phrases) => Array.Exists(phrases, phrase => words.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    // Not a part of a number, nor of an address of four.
    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnhancedCode();
}
