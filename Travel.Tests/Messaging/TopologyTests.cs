using System.Runtime.CompilerServices;
using Travel.Domain.Messaging;

namespace Travel.Tests.Messaging;

public sealed class TopologyTests
{
    [Fact]
    public void Each_delay_has_a_queue_of_its_own() =>
        Topology.RetryDelays.Select(Topology.UrgentMail.RetryAfter)
            .ShouldBe(["mail.urgent.retry.2s", "mail.urgent.retry.10s", "mail.urgent.retry.60s", "mail.urgent.retry.600s", "mail.urgent.retry.3600s"]);

    [Fact]
    public void Each_attempt_waits_longer_than_the_one_before() =>
        Topology.RetryDelays.Zip(Topology.RetryDelays.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);

    [Fact]
    public void Dead_letters_lie_in_a_queue_named_after_the_one_they_came_from() =>
        Topology.PaymentNotices.DeadLetters.ShouldBe("payment.notices.dead");

    [Fact]
    public void The_document_has_a_line_for_each_queue_and_for_each_event_that_goes_there()
    {
        var document = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "docs", "messaging.md"));

        foreach (var queue in Topology.Queues)
        {
            document.ShouldContain($"| `{queue.Name}` | `{queue.Setting}` |");
            foreach (var routingKey in queue.Events)
            {
                document.ShouldContain($"| `{routingKey}` | `{queue.Name}` |");
            }
        }

        Topology.Passing.ShouldAllBe(routingKey => document.Contains($"| `{routingKey}` | each process", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_known_to_which_queues_an_event_comes()
    {
        Topology.Queues.ShouldAllBe(queue => queue.Events.All(routingKey => Topology.QueuesOf(routingKey).Contains(queue.Name)));
        Topology.QueuesOf("booking.dreamt").ShouldBeEmpty();
        // Nobody need be there for these, so they are in no queue that would fill.
        Topology.Passing.SelectMany(Topology.QueuesOf).ShouldBeEmpty();
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
