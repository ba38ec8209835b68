using System.ComponentModel.DataAnnotations;

namespace Travel.Worker.Messaging;

/// <summary>How one queue is consumed by each worker. Section <c>Consumers:{queue}</c>, as in <c>Consumers:UrgentMail</c>.</summary>
internal sealed class ConsumerOptions
{
    /// <summary>Messages worked on at a time; 8 by default, for most of the time is spent waiting for PostgreSQL and others' servers.</summary>
    [Range(1, 100)]
    public int Concurrency { get; set; } = 8;

    /// <summary>
    /// Messages that the broker hands out ahead of their turn; 32 by default. More keep a fast consumer busy, and are as many to be handed out
    /// again when it dies.
    /// </summary>
    [Range(1, 1000)]
    public int Prefetch { get; set; } = 32;
}
