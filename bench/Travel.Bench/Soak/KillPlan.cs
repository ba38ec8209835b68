using Travel.Contracts;
using Travel.Worker.Seeding;

namespace Travel.Bench.Soak;

/// <param name="At">Since the first booking.</param>
/// <param name="DownFor">Until it is started again; how long it takes to start comes on top.</param>
internal sealed record PlannedKill(string Resource, TimeSpan At, TimeSpan DownFor)
{
    public TimeSpan BackAt => At + DownFor;
}

/// <summary>
/// Who is killed when, at random and yet the same for each seed: the Worker and RabbitMQ again and again, PostgreSQL once in the middle.
/// Nobody is killed who has not been started again, but several may be down at once.
/// </summary>
internal static class KillPlan
{
    private const double LongestDownSeconds = 4;

    // A message whose mail finds no database is tried again after 2 and 10 seconds, and then after a minute: an outage that outlasted
    // that would measure the retries' patience.
    private const double LongestDatabaseDownSeconds = 2;

    // Of its time between two kills; the rest is for starting, and for some work.
    private const double KilledWithin = 0.6;

    private static readonly TimeSpan BetweenWorkerKills = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenBrokerKills = TimeSpan.FromSeconds(35);

    /// <param name="duration">How long there are bookings; at its end everything has been started again.</param>
    public static IReadOnlyList<PlannedKill> Of(int seed, TimeSpan duration)
    {
        var dice = new Dice($"kill plan {seed}");
        return
        [
            .. new[]
            {
                Kills(dice, ResourceNames.Worker, duration, Math.Max(2, (int)(duration / BetweenWorkerKills)), LongestDownSeconds),
                Kills(dice, ResourceNames.Messaging, duration, Math.Max(1, (int)(duration / BetweenBrokerKills)), LongestDownSeconds),
                Kills(dice, ResourceNames.Postgres, duration, 1, LongestDatabaseDownSeconds),
            }.SelectMany(kills => kills).OrderBy(kill => kill.At),
        ];
    }

    /// <summary>One in each of as many equal parts of the time, somewhere in its beginning.</summary>
    private static List<PlannedKill> Kills(Dice dice, string resource, TimeSpan duration, int count, double longestDownSeconds)
    {
        var part = duration / count;
        var longest = Math.Min(longestDownSeconds, part.TotalSeconds * (1 - KilledWithin));
        return
        [
            .. Enumerable.Range(0, count).Select(number => new PlannedKill(
                resource,
                (part * number) + (part * dice.Between(0, KilledWithin)),
                TimeSpan.FromSeconds(dice.Between(0, longest)))),
        ];
    }
}
