using RabbitMQ.Client;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Errands;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.Contracts.Reviews;

namespace Travel.Domain.Messaging;

/// <summary>Exchanges, queues and bindings. Declared by whoever connects, publisher or consumer, so that neither must come first.</summary>
/// <remarks>
/// An event goes to the topic exchange under its routing key and from there to the quorum queue of each consumer. A consumer that
/// fails puts the message into a retry queue, which hands it back after its time-to-live; what has failed too often goes to the
/// dead-letter queue and waits for a person. Everything that RabbitMQ 3.10 and 4 default differently is said here.
/// </remarks>
public static class Topology
{
    public const string Events = "travel.events";

    /// <summary>Mail that somebody waits for: of accounts, bookings, places and payments.</summary>
    public static readonly ConsumerQueue UrgentMail = new("mail.urgent", "UrgentMail",
    [
        BookingHeld.RoutingKey, BookingConfirmed.RoutingKey, BookingRequested.RoutingKey, BookingAccepted.RoutingKey, BookingDeclined.RoutingKey,
        BookingExpired.RoutingKey, BookingCancelled.RoutingKey, BookingChanged.RoutingKey, BookingChangeExpired.RoutingKey,
        AddressVerificationRequested.RoutingKey, AccountRegisteredAgain.RoutingKey, PasswordResetRequested.RoutingKey, PasswordChanged.RoutingKey,
        ListingSuspended.RoutingKey, ListingSuspensionLifted.RoutingKey,
        PaymentFailed.RoutingKey, PaymentUnknown.RoutingKey, PaymentReturned.RoutingKey, PaymentRefunded.RoutingKey,
        MailResendRequested.RoutingKey,
    ]);

    /// <summary>Mail that a job has reason for, many at a time, and that nobody waits for: it does not stand in the way of what somebody does.</summary>
    public static readonly ConsumerQueue BulkMail = new("mail.bulk", "BulkMail",
    [
        CheckInReminderDue.RoutingKey, ReviewInvitationDue.RoutingKey, HostDigestDue.RoutingKey, WeeklyReportDue.RoutingKey, GuestMissed.RoutingKey,
    ]);

    /// <summary>What the gateway told of its own accord.</summary>
    public static readonly ConsumerQueue PaymentNotices = new("payment.notices", "PaymentNotices", [PaymentNoticed.RoutingKey]);

    /// <summary>Work that takes longer than anybody waits for an answer.</summary>
    public static readonly ConsumerQueue Errands = new("errands", "Errands", [ErrandRequested.RoutingKey]);

    /// <summary>A queue whose arguments have to change needs another name: the broker refuses to declare it anew.</summary>
    public static readonly IReadOnlyList<ConsumerQueue> Queues = [UrgentMail, BulkMail, PaymentNotices, Errands];

    /// <summary>Queues of versions before, and what has taken their place.</summary>
    public static readonly IReadOnlyList<(ConsumerQueue Old, ConsumerQueue Now)> Retired =
    [
        (new("mail", "Mail", UrgentMail.Events), UrgentMail),
        (new("payments", "Payments", PaymentNotices.Events), PaymentNotices),
    ];

    /// <summary>
    /// What goes to whoever listens at that moment, from a queue that goes with them, and need not come to anybody: each process that caches
    /// (<see cref="Caching.ListenToBroker"/>).
    /// </summary>
    public static readonly IReadOnlyList<string> Passing = [CacheTagsTouched.RoutingKey];

    private static readonly ILookup<string, string> Bound = Queues
        .SelectMany(queue => queue.Events.Select(routingKey => (RoutingKey: routingKey, queue.Name)))
        .ToLookup(binding => binding.RoutingKey, binding => binding.Name, StringComparer.Ordinal);

    public static IReadOnlyList<string> QueueNames { get; } = [.. Queues.Select(queue => queue.Name)];

    /// <summary>Waits between the attempts at a message: first seconds, for a hiccup; then minutes to an hour, for an outage.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
    ];

    /// <summary>
    /// How often a message may be handed out without an answer before it is dead. Each death of a worker counts for all messages that it had in
    /// hand, so this is far more often than a few workers die in a bad hour, and as often as a message that kills its worker should.
    /// </summary>
    public const int DeliveryLimit = 20;

    /// <returns>Names of the queues that a message with this routing key comes to.</returns>
    public static IEnumerable<string> QueuesOf(string routingKey) => Bound[routingKey];

    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(Events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        foreach (var queue in Queues)
        {
            await DeclareAsync(channel, queue, cancellationToken);
        }
    }

    /// <summary>A queue with all that belongs to it.</summary>
    internal static async Task DeclareAsync(IChannel channel, ConsumerQueue queue, CancellationToken cancellationToken)
    {
        await DeclareQuorumQueueAsync(channel, queue.DeadLetters, [], cancellationToken);
        await DeclareQuorumQueueAsync(channel, queue.Name, DeadLetteringTo(queue.DeadLetters), cancellationToken);
        foreach (var delay in RetryDelays)
        {
            var retry = DeadLetteringTo(queue.Name);
            retry["x-message-ttl"] = (long)delay.TotalMilliseconds;
            await DeclareQuorumQueueAsync(channel, queue.RetryAfter(delay), retry, cancellationToken);
        }

        foreach (var routingKey in queue.Events)
        {
            await channel.QueueBindAsync(queue.Name, Events, routingKey, cancellationToken: cancellationToken);
        }
    }

    // At-least-once: a message leaves its queue only when the next one has confirmed it; the broker asks for reject-publish with it.
    private static Dictionary<string, object?> DeadLetteringTo(string queue) => new(StringComparer.Ordinal)
    {
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = queue,
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    private static async Task DeclareQuorumQueueAsync(
        IChannel channel, string queue, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments["x-queue-type"] = "quorum";
        arguments["x-delivery-limit"] = DeliveryLimit;
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments: arguments, cancellationToken: cancellationToken);
    }
}
