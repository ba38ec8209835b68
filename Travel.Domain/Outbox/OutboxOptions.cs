using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Outbox;

/// <summary>How the relay works. Section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>Rows claimed and confirmed together; 100 by default.</summary>
    [Range(1, 1000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>
    /// How often to look for rows though nobody woke this relay, and how old they must be: what a process left that died between
    /// commit and publish. Two seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait after a failure, with the broker away for instance. One second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a published message is kept, for whoever wants to know what was told. A week by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepPublished { get; set; } = TimeSpan.FromDays(7);
}
