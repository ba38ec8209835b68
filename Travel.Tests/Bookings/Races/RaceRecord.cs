using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Travel.Tests.Bookings.Races;

/// <summary>What the clients of a race were answered, to be held against what is in the database afterwards.</summary>
internal sealed class RaceRecord
{
    public const string Busy = nameof(Busy);

    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> failures = [];
    private readonly MadeBooking?[] recent = new MadeBooking?[256];
    private long longestTicks;

    /// <summary>Bookings that were answered as made, each once.</summary>
    public ConcurrentDictionary<Guid, Guid> Booked { get; } = [];

    /// <summary>One of those made last, or none yet.</summary>
    public MadeBooking? AnyRecent(Random dice) => recent[dice.Next(recent.Length)];

    public void Note(MadeBooking made)
    {
        Booked.TryAdd(made.Id, made.ListingId).ShouldBeTrue("each booking is answered to one client");
        recent[(uint)made.Id.GetHashCode() % recent.Length] = made;
    }

    /// <summary>Blocks that stand, with their listing.</summary>
    public ConcurrentDictionary<Guid, Guid> Blocks { get; } = [];

    /// <summary>Nights written without the lock; they stay, so that whoever got them as well is found out.</summary>
    public ConcurrentDictionary<Guid, Guid> Strays { get; } = [];

    /// <summary>What reached a client although it is no outcome.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public TimeSpan Longest => new(Interlocked.Read(ref longestTicks));

    public int Answers => counts.Values.Sum();

    public int Count(string outcome) => counts.GetValueOrDefault(outcome);

    public override string ToString() =>
        $"{Answers} answers, the longest after {Longest.TotalSeconds:0.00} s; {string.Join(", ", counts.OrderByDescending(count => count.Value).Select(count => $"{count.Key} {count.Value}"))}";

    public async Task<T?> AnswerAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var answer = await ask();
            counts.AddOrUpdate(answer as string ?? answer.GetType().Name, 1, (_, count) => count + 1);
            return answer;
        }
        catch (Exception exception) when (exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            // Waited for its turn as often and as long as anybody does, and then told so with nothing done: 503 where it is asked over HTTP.
            counts.AddOrUpdate(Busy, 1, (_, count) => count + 1);
            return null;
        }
        catch (Exception exception)
        {
            failures.Enqueue(exception.GetBaseException().ToString());
            return null;
        }
        finally
        {
            var ticks = watch.Elapsed.Ticks;
            long seen;
            while ((seen = Interlocked.Read(ref longestTicks)) < ticks && Interlocked.CompareExchange(ref longestTicks, ticks, seen) != seen)
            {
                // Somebody else noted a longer one in between; look again.
            }
        }
    }
}

internal sealed record MadeBooking(Guid Id, Guid ListingId);
