using Microsoft.Extensions.Options;

namespace Travel.Domain.Caching;

/// <summary>
/// Whether this process hears of what others change, over Redis and over RabbitMQ. While it does its memory needs no look elsewhere; while it does
/// not, or may have missed something, entries count for a few seconds only.
/// </summary>
internal sealed class Hearing(KnownTags known, IOptions<CachingOptions> options, TimeProvider clock)
{
    private const int MostUnderWay = 100;

    /// <summary>Of what is allowed, for an entry of either level.</summary>
    private const double PartOfAge = 0.4;

    private readonly CachingOptions options = options.Value;
    private readonly Lock gate = new();
    private long lastSent;
    private long lastHeard;
    private long doubtedAfter;
    private long sureUntil;
    private bool isInDoubt = true;
    private bool hearsBroker;
    private bool hasJoined;
    private int departures;
    private Dictionary<long, DateTimeOffset> underWay = [];
    private DateTimeOffset heardAt = DateTimeOffset.MinValue;

    /// <summary>
    /// Whether the second level may be believed. Not before this process has begun an epoch of its own there: what changed while it was away, or
    /// before it began, somebody may have been unable to tell Redis.
    /// </summary>
    public bool HasJoined => Volatile.Read(ref hasJoined);

    /// <summary>
    /// Whether an entry of this age still counts here, if its versions are current. Deaf, a part of what is allowed: an answer may be made of a result that was
    /// as old when it was made, and making it takes time. None from the future: somebody's clock has been set.
    /// </summary>
    public bool Believes(DateTimeOffset createdAt, DateTimeOffset now) => HearsAll(now) || (createdAt <= now && now - createdAt < options.DeafAge * PartOfAge);

    /// <summary>Asked at each hit, and so without the lock.</summary>
    public bool HearsAll(DateTimeOffset now) => now.UtcTicks <= Volatile.Read(ref sureUntil);

    /// <summary>What this process says to itself next.</summary>
    public long Speak()
    {
        lock (gate)
        {
            if (underWay.Count > MostUnderWay)
            {
                // Nobody listens. Whatever still comes of them shows nothing.
                underWay.Clear();
            }

            underWay[++lastSent] = clock.GetUtcNow();
            return lastSent;
        }
    }

    /// <summary>What came from Redis, in the order in which it was said: if one is missing, so may be the news of a change.</summary>
    public void Heard(long word)
    {
        var missed = false;
        lock (gate)
        {
            isInDoubt |= word != lastHeard + 1;
            lastHeard = Math.Max(word, lastHeard);
            if (underWay.TryGetValue(word, out var saidAt))
            {
                heardAt = saidAt;
            }

            underWay = underWay.Where(said => said.Key > word).ToDictionary();
            // Only what was said after the doubt shows that it is over.
            missed = isInDoubt && word > doubtedAfter;
            SettleLocked();
        }

        if (missed)
        {
            // Before anything is believed again.
            known.ForgetAll();
            lock (gate)
            {
                isInDoubt = doubtedAfter >= word;
                SettleLocked();
            }
        }
    }

    /// <summary>The connection to Redis has broken, or is back.</summary>
    public void Doubt(bool leave)
    {
        lock (gate)
        {
            isInDoubt = true;
            doubtedAfter = lastSent;
            if (leave)
            {
                LeaveLocked();
            }

            SettleLocked();
        }
    }

    /// <returns>What to join with, once the epoch has begun.</returns>
    public int BeginJoin()
    {
        lock (gate)
        {
            return departures;
        }
    }

    /// <summary>Unless there has been another reason to begin one since.</summary>
    public void Join(int begun)
    {
        lock (gate)
        {
            hasJoined = departures == begun;
            SettleLocked();
        }
    }

    /// <summary>RabbitMQ tells this process of changes from now on. What it has told before nobody here knows.</summary>
    public void BrokerHeard()
    {
        lock (gate)
        {
            LeaveLocked();
            hearsBroker = true;
            SettleLocked();
        }
    }

    public void BrokerLost()
    {
        lock (gate)
        {
            hearsBroker = false;
            SettleLocked();
        }
    }

    private void SettleLocked() => Volatile.Write(ref sureUntil, !isInDoubt && hasJoined && hearsBroker ? (heardAt + options.DeafAfter).UtcTicks : 0);

    private void LeaveLocked()
    {
        hasJoined = false;
        departures++;
    }
}
