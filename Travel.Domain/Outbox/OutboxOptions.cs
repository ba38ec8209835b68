using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Outbox;

/// <summary>How the relay works. Section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>Rows claimed and confirmed together when there are few; 100 by default.</summary>
    [Range(1, 1000)]
    public int SmallestBatch { get; set; } = 100;

    /// <summary>
    /// The same when there are many: a batch that was full is followed by one twice as large, up to this. A thousand by default: more makes
    /// nothing faster, and what a relay that dies had published is published again.
    /// </summary>
    [Range(1, 10_000)]
    public int LargestBatch { get; set; } = 1000;

    /// <summary>How many batches one process has under way at a time, each on a channel of its own; 2 by default, so that in a rush one is read while another waits for its confirms.</summary>
    [Range(1, 16)]
    public int Lanes { get; set; } = 2;

    /// <summary>
    /// How often to look for rows though nobody woke this relay, and how old they must be: what a process left that died between
    /// commit and publish. Two seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait after a failure, with the broker away for instance; twice as long after each further one. Half a second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest such wait, and so how late the relay may notice that the broker is back. Five seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RetryAtMostAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a message that is published, or was dropped, is kept, for whoever wants to know what was told. A week by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepPublished { get; set; } = TimeSpan.FromDays(7);
}
