using System.Globalization;
using Travel.Contracts.Operations;
using Travel.Web.Listings;

namespace Travel.Web.Operations;

internal static class QueueWords
{
    /// <summary>What waits to be published, told of like a queue.</summary>
    public const string Outbox = "outbox";

    public static string Count(long? messages) => messages?.ToString("#,0", CultureInfo.InvariantCulture) ?? "not known";

    public static string Rate(double perSecond) => perSecond switch
    {
        > 0 and < 0.01 => "< 0.01",
        _ => perSecond.ToString(perSecond >= 10 ? "#,0" : "0.##", CultureInfo.InvariantCulture),
    };

    public static string Span(double seconds) => seconds switch
    {
        0 => "nothing waits",
        < 1 => "less than a second",
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0} h"),
    };

    public static string Hours(int hours) => hours switch
    {
        <= 24 => Words.Count(hours, "hour"),
        _ => Words.Count(hours / 24, "day"),
    };

    public static string Lies(string queue) => queue == Outbox ? "Messages to be published" : $"Messages in {queue}";

    public static string Goes(string queue) => queue == Outbox ? "Messages published, a minute" : $"Messages through {queue}, a minute";

    public static string State(DeadLetterState state) => state switch
    {
        DeadLetterState.Waiting => "Waiting",
        DeadLetterState.Replayed => "Replayed",
        _ => "Dropped",
    };

    /// <param name="failed">How many could not be given back.</param>
    public static string Replayed(int letters, int failed) => letters switch
    {
        _ when failed > 0 => string.Create(
            CultureInfo.InvariantCulture, $"{letters:#,0} of {letters + failed:#,0} messages are back in their queue. The others could not be given back and wait as before."),
        0 => "There was nothing to give back.",
        1 => "1 message is back in its queue.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{letters:#,0} messages are back in their queue."),
    };
}
