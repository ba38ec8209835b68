using Travel.Contracts.Operations;
using Travel.Web.Listings;
using Travel.Web.Schedules;

namespace Travel.Web.Mail;

internal static class MailWords
{
    public static string State(MailStatus status) => status switch
    {
        MailStatus.Queued => "Not tried yet",
        MailStatus.Sent => "Sent",
        MailStatus.Deferred => "To be tried again",
        MailStatus.Failed => "Failed",
        _ => "Withheld",
    };

    public static string Fate(MailSummary mail) => mail switch
    {
        { Status: MailStatus.Sent, SentAt: { } at } => $"Sent {JobWords.At(at)}",
        { Status: MailStatus.Deferred } => $"In vain so far, {Words.Count(mail.Attempts, "attempt")}",
        { Status: MailStatus.Failed } => $"Failed, {Words.Count(mail.Attempts, "attempt")}",
        { Status: MailStatus.Queued, Attempts: > 0 } => "Being sent",
        _ => State(mail.Status),
    };

    /// <summary>It has come to its end, so that there may be reason to write it once more; what is on its way comes by itself.</summary>
    public static bool IsOver(MailStatus status) => status is MailStatus.Sent or MailStatus.Failed or MailStatus.Withheld;

    public static string Why(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Bounced => "Nobody has this address",
        SuppressionReason.Unsubscribed => "Wants no subscription mail",
        _ => "An operator said so",
    };
}
