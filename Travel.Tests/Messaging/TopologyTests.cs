using Travel.Domain.Messaging;

namespace Travel.Tests.Messaging;

public sealed class TopologyTests
{
    [Fact]
    public void Each_delay_has_a_queue_of_its_own() =>
        Topology.RetryDelays.Select(delay => Topology.RetryQueueOf(Topology.MailQueue, delay))
            .ShouldBe(["mail.retry.2s", "mail.retry.10s", "mail.retry.60s", "mail.retry.600s", "mail.retry.3600s"]);

    [Fact]
    public void Each_attempt_waits_longer_than_the_one_before() =>
        Topology.RetryDelays.Zip(Topology.RetryDelays.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);

    [Fact]
    public void Dead_letters_lie_in_a_queue_named_after_the_one_they_came_from() =>
        Topology.DeadLettersOf(Topology.MailQueue).ShouldBe("mail.dead");
}
