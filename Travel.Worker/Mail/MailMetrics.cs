using System.Diagnostics.Metrics;

namespace Travel.Worker.Mail;

/// <summary>What becomes of mails.</summary>
internal static class MailMetrics
{
    private static readonly Meter Meter = new("Travel.Mail");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "travel.mail.attempts", "{attempt}", "Attempts to send a mail, by outcome: sent, deferred (to be tried again), failed (given up, or refused for good), withheld (not tried).");

    public static void Sent() => Count("sent");

    public static void Deferred() => Count("deferred");

    public static void Failed() => Count("failed");

    public static void Withheld() => Count("withheld");

    private static void Count(string outcome) => Attempts.Add(1, new KeyValuePair<string, object?>("travel.mail.outcome", outcome));
}
