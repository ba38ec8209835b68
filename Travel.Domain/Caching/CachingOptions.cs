using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Caching;

/// <summary>How much is kept, for how long, and how long Redis is waited for. Section <c>Caching</c>.</summary>
public sealed class CachingOptions
{
    public const string Section = "Caching";

    /// <summary>What all keys in Redis begin with, <c>travel</c> by default; another one for a second system on the same Redis, which has another database.</summary>
    [Required, RegularExpression("[a-zA-Z0-9-]+")]
    public string Prefix { get; set; } = "travel";

    /// <summary>What entries may take in this process's memory, in bytes; 64 MiB by default, a small part of what a replica has. What was not used for longest goes first.</summary>
    [Range(0, 16L << 30)]
    public long MemoryBytes { get; set; } = 64 << 20;

    /// <summary>How long a whole answer is kept; 15 minutes by default. Changes end it sooner: this bounds only what changes nothing, such as the day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00")]
    public TimeSpan ResponsesFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a computed result is kept; an hour by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ResultsFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a reader waits for Redis, a hundred times what it takes in health: 100 ms by default. Then the database is asked.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:05")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long Redis is left alone after it has kept somebody waiting; 1 s by default. Then one caller tries it, not all.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan RedisPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often this process makes sure that it hears what Redis tells, and does what it could not do before; 0.5 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:05")]
    public TimeSpan ListenEvery { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>After how long without hearing itself it takes itself for deaf; 2 s by default, four missed tries. With what an entry counts for then, no more than 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:03")]
    public TimeSpan DeafAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How old an answer may be in a process that has lost Redis or RabbitMQ; 5 s by default, which is what invariant 7 allows. An entry counts for two fifths of it, since
    /// an answer may be made of one.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan DeafAge { get; set; } = TimeSpan.FromSeconds(5);
}
