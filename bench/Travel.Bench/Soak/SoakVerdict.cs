using System.Globalization;
using Travel.Bench.Smtp;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;

namespace Travel.Bench.Soak;

/// <summary>Whether every event's mails came exactly once. Pure; what it judges is gathered by <see cref="SoakRun"/>.</summary>
/// <param name="Failures">What is not as it must be, one sentence each; none when all is well.</param>
/// <param name="Explained">Mails that came more often than once, each with the death that explains it.</param>
internal sealed record SoakVerdict(int Bookings, int Mails, int Deaths, IReadOnlyList<string> Failures, IReadOnlyList<string> Explained)
{
    /// <summary>
    /// How long after the server's 250 our note of it may take to be in the database, on two cores that are at something else: whoever dies
    /// later has made it.
    /// </summary>
    private static readonly TimeSpan NotedWithin = TimeSpan.FromSeconds(1);

    public bool IsGood => Failures.Count == 0;

    public static SoakVerdict Of(SoakEvidence evidence)
    {
        var arrivals = evidence.Arrivals.ToLookup(arrival => MailId.TryParse(arrival.MessageId, out var id) ? id : (MailId?)null);
        var noted = evidence.Noted.ToDictionary(mail => mail.Id);
        var told = evidence.Events.ToLookup(told => told.BookingId);
        var expected = evidence.Events.SelectMany(told => evidence.Kinds.Select(kind => new MailId(told.EventId, kind))).ToHashSet();
        var again = expected.Where(id => arrivals[id].Skip(1).Any()).Select(id => Again(id, arrivals[id], noted.GetValueOrDefault(id), evidence.Deaths)).ToList();
        return new SoakVerdict(
            evidence.Booked.Count,
            evidence.Arrivals.Count,
            evidence.Deaths.Count,
            [
                .. evidence.Refused.Select(refusal => $"A guest got no booking: {refusal}"),
                .. evidence.Answered.Except(evidence.Booked).Select(booking => $"Booking {booking} was answered and is not there."),
                .. evidence.Booked.Where(booking => told[booking].Count() != 1).Select(booking => $"Booking {booking} was told of {told[booking].Count()} times."),
                .. expected.Where(id => !arrivals[id].Any()).Select(id => $"Mail {id} has not come; its row: {noted.GetValueOrDefault(id)?.ToString() ?? "none"}."),
                .. expected.Where(id => noted.GetValueOrDefault(id)?.Status != MailStatus.Sent).Select(id => $"Mail {id} is not noted as sent."),
                .. arrivals.Where(mail => mail.Key is not { } id || !expected.Contains(id)).SelectMany(mail => mail)
                    .Select(arrival => $"Mail {arrival.MessageId} came, which no event calls for."),
                .. again.Where(mail => !mail.IsExplained).Select(mail => mail.Sentence),
                .. Left(evidence.Unpublished, "events are not published"),
                .. Left(evidence.Queued, "messages are still in queues"),
                .. Left(evidence.DeadLetters, "messages are dead"),
                .. evidence.Breaches.Select(breach => $"An invariant is broken: {breach}"),
            ],
            [.. again.Where(mail => mail.IsExplained).Select(mail => mail.Sentence)]);
    }

    /// <summary>Explained when between each time and the next somebody died before the sending could be noted, and the row knows as many attempts.</summary>
    private static (bool IsExplained, string Sentence) Again(MailId id, IEnumerable<Arrival> arrivals, NotedMail? noted, IReadOnlyList<Death> deaths)
    {
        var times = arrivals.Select(arrival => arrival.At).Order().ToList();
        var causes = times.SkipLast(1).Select(at => deaths.FirstOrDefault(death => KeptFromNoting(death, at))).ToList();
        var isExplained = noted?.Attempts >= times.Count && causes.TrueForAll(cause => cause is not null);
        var why = string.Join(", ", causes.Select(cause => cause is null ? "nobody had died" : $"{cause.Resource} died at {Text(cause.At)}"));
        return (isExplained, $"Mail {id} came {times.Count} times, at {string.Join(", ", times.Select(Text))}, claimed {noted?.Attempts ?? 0} times; {why}.");
    }

    /// <summary>
    /// SMTP's window: the server had taken the mail, and the Worker that had to note it died, or the database was away. A broker that dies
    /// explains nothing: it brings messages back, and the row says that they are done.
    /// </summary>
    private static bool KeptFromNoting(Death death, DateTimeOffset arrivedAt) => arrivedAt > death.At - NotedWithin && death.Resource switch
    {
        ResourceNames.Worker => arrivedAt <= death.GoneAt,
        ResourceNames.Postgres => arrivedAt <= death.BackAt,
        _ => false,
    };

    private static IEnumerable<string> Left(int count, string what) => count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {what}.")];

    private static string Text(DateTimeOffset at) => at.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
