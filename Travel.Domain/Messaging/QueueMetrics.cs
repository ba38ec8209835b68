using System.Diagnostics.Metrics;

namespace Travel.Domain.Messaging;

/// <summary>What goes through each queue, as far as this process has to do with it. <see cref="QueueCounts"/> listens too.</summary>
public static class QueueMetrics
{
    internal const string MeterName = "Travel.Messaging";
    internal const string Queue = "travel.queue.name";
    internal const string PublishedName = "travel.queue.published";
    internal const string TakenName = "travel.queue.taken";
    internal const string DoneName = "travel.queue.done";
    internal const string RetriedName = "travel.queue.retried";
    internal const string GivenUpName = "travel.queue.given_up";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> PublishedMessages = Meter.CreateCounter<long>(
        PublishedName, "{message}", "Messages for a queue that the broker has confirmed to this process.");

    private static readonly Counter<long> TakenMessages = Meter.CreateCounter<long>(TakenName, "{message}", "Messages that this process was handed out of a queue.");

    private static readonly Counter<long> DoneMessages = Meter.CreateCounter<long>(DoneName, "{message}", "Messages whose work this process has done.");

    private static readonly Counter<long> RetriedMessages = Meter.CreateCounter<long>(
        RetriedName, "{message}", "Messages that failed here and will be tried again.");

    private static readonly Counter<long> GivenUpMessages = Meter.CreateCounter<long>(
        GivenUpName, "{message}", "Messages that failed here too often, or for good, and lie with the dead letters.");

    /// <summary>Out of the outbox, to all queues that the routing key leads to.</summary>
    public static void Published(string routingKey)
    {
        Done(QueueMinute.Outbox);
        foreach (var queue in Topology.QueuesOf(routingKey))
        {
            PublishedMessages.Add(1, new KeyValuePair<string, object?>(Queue, queue));
        }
    }

    public static void Taken(string queue) => TakenMessages.Add(1, new KeyValuePair<string, object?>(Queue, queue));

    public static void Done(string queue) => DoneMessages.Add(1, new KeyValuePair<string, object?>(Queue, queue));

    public static void Retried(string queue) => RetriedMessages.Add(1, new KeyValuePair<string, object?>(Queue, queue));

    public static void GivenUp(string queue) => GivenUpMessages.Add(1, new KeyValuePair<string, object?>(Queue, queue));
}
