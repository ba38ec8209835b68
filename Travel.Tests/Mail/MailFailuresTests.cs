using Travel.Worker.Mail;
using Travel.Worker.Messaging;

namespace Travel.Tests.Mail;

public sealed class MailFailuresTests
{
    private static readonly MailIsClaimedException NotYet = new();
    private static readonly InvalidOperationException Failure = new("It fails.");
    private static readonly PoisonException Poison = new("It is nothing.");

    [Fact]
    public void Where_nothing_has_failed_nothing_is_thrown() => Should.NotThrow(() => MailFailures.Throw([]));

    [Fact]
    public void Where_all_that_is_left_has_to_wait_the_message_waits() =>
        Should.Throw<NotYetException>(() => MailFailures.Throw([NotYet, NotYet])).ShouldBe(NotYet);

    [Fact]
    public void A_failure_counts_whatever_else_has_to_wait() =>
        Should.Throw<InvalidOperationException>(() => MailFailures.Throw([NotYet, Failure])).ShouldBe(Failure);

    [Fact]
    public void Several_failures_are_all_told_of() =>
        Should.Throw<AggregateException>(() => MailFailures.Throw([Failure, NotYet, Failure])).InnerExceptions.ShouldBe([Failure, Failure]);

    [Fact]
    public void A_message_of_which_no_mail_can_ever_be_made_is_poison() =>
        Should.Throw<PoisonException>(() => MailFailures.Throw([Poison, Poison])).ShouldBe(Poison);

    [Fact]
    public void A_message_of_which_one_mail_may_still_be_made_is_not()
    {
        Should.Throw<AggregateException>(() => MailFailures.Throw([Poison, Failure]));
        Should.Throw<NotYetException>(() => MailFailures.Throw([Poison, NotYet])).ShouldBe(NotYet);
    }
}
