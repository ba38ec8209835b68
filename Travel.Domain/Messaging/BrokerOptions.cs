using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Messaging;

/// <summary>How RabbitMQ is talked to. Section <c>Broker</c>.</summary>
public sealed class BrokerOptions
{
    public const string Section = "Broker";

    /// <summary>
    /// How long to wait until the broker has confirmed what was published; 10 seconds by default, far more than a busy one takes, and less than an
    /// operator waits who has something replayed. One with an alarm (memory, disk) confirms nothing until that is over, which can take hours: rows of
    /// the outbox are locked no longer than this.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromSeconds(10);
}
