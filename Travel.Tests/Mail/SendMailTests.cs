using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Mail;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Collection)]
public sealed class SendMailTests(TravelGraph graph)
{
    private readonly Guid eventId = Guid.NewGuid();

    [Fact]
    public async Task Two_mails_go_over_one_connection()
    {
        await using var server = new SmtpListener();
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();

        await post.SendAsync(eventId, reader.Id);
        await post.SendAsync(Guid.NewGuid(), reader.Id);

        server.Mails.Count.ShouldBe(2);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_to_nobody_has_failed_at_once_and_no_other_is_tried_there()
    {
        await using var server = new SmtpListener().Answers("RCPT", "550 5.1.1 nobody of that name");
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();
        var next = Guid.NewGuid();

        await post.SendAsync(eventId, reader.Id);
        await post.SendAsync(next, reader.Id);

        var failed = (await post.MailAsync(eventId)).ShouldNotBeNull();
        (failed.Status, failed.Attempts, failed.LeasedUntil, failed.NextAttemptAt).ShouldBe((MailStatus.Failed, 1, null, null));
        failed.LastError.ShouldNotBeNull().ShouldContain("nobody of that name");
        var suppressed = (await SuppressionsOfAsync(reader)).ShouldHaveSingleItem();
        (suppressed.Reason, suppressed.SuppressedBy).ShouldBe((SuppressionReason.Bounced, null));
        suppressed.Note.ShouldNotBeNull().ShouldContain("nobody of that name");
        var withheld = (await post.MailAsync(next)).ShouldNotBeNull();
        (withheld.Status, withheld.Attempts, withheld.LeasedUntil, withheld.LastError).ShouldBe((MailStatus.Withheld, 0, null, "The address is suppressed: bounced."));
        server.Commands.Count(command => command.StartsWith("RCPT", StringComparison.Ordinal)).ShouldBe(1);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_that_has_failed_for_good_stays_so_when_its_event_comes_again()
    {
        await using var server = new SmtpListener().Answers("RCPT", "550 5.1.1 nobody of that name");
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();

        await post.SendAsync(eventId, reader.Id);
        await post.SendAsync(eventId, reader.Id);

        (await post.MailAsync(eventId)).ShouldNotBeNull().Status.ShouldBe(MailStatus.Failed);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_that_is_to_come_later_is_deferred_and_sent_at_the_next_attempt()
    {
        await using var server = new SmtpListener().Answers("RCPT", "451 4.7.1 come back in a minute");
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();

        await Should.ThrowAsync<MailNotTakenException>(() => post.SendAsync(eventId, reader.Id));

        var deferred = (await post.MailAsync(eventId)).ShouldNotBeNull();
        (deferred.Status, deferred.Attempts, deferred.LeasedUntil).ShouldBe((MailStatus.Deferred, 1, null));
        deferred.LastError.ShouldNotBeNull().ShouldContain("come back in a minute");
        deferred.NextAttemptAt.ShouldNotBeNull().ShouldBeGreaterThan(deferred.CreatedAt);
        await post.SendAsync(eventId, reader.Id);
        var sent = (await post.MailAsync(eventId)).ShouldNotBeNull();
        (sent.Status, sent.Attempts, sent.NextAttemptAt, sent.LastError).ShouldBe((MailStatus.Sent, 2, null, null));
        server.Mails.Count.ShouldBe(1);
        (await SuppressionsOfAsync(reader)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("RCPT", "550 5.7.1 relaying denied")]
    [InlineData("MAIL", "550 5.1.8 who are you?")]
    [InlineData(SmtpListener.Mail, "554 5.7.1 this looks like advertising")]
    [InlineData(SmtpListener.Greeting, "554 nobody serves mail here")]
    public async Task What_is_refused_for_our_sake_is_tried_again_and_says_nothing_of_the_recipient(string command, string answer)
    {
        await using var server = new SmtpListener().Answers(command, answer);
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();

        await Should.ThrowAsync<MailNotTakenException>(() => post.SendAsync(eventId, reader.Id));

        (await post.MailAsync(eventId)).ShouldNotBeNull().Status.ShouldBe(MailStatus.Deferred);
        (await SuppressionsOfAsync(reader)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_stopped_subscriptions_gets_none_and_everything_else()
    {
        await using var server = new SmtpListener();
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();
        await SuppressAsync(reader, SuppressionReason.Unsubscribed);
        var digest = Guid.NewGuid();

        await post.SendAsync(eventId, reader.Id);
        await post.SendDigestAsync(digest, reader.Id);

        server.Mails.ShouldHaveSingleItem().ShouldContain("Your password was changed");
        var withheld = (await post.MailAsync(digest)).ShouldNotBeNull();
        (withheld.Status, withheld.LastError).ShouldBe((MailStatus.Withheld, "The address is suppressed: unsubscribed."));
    }

    [Fact]
    public async Task Whom_an_operator_has_put_on_the_list_gets_nothing_at_all()
    {
        await using var server = new SmtpListener();
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();
        await SuppressAsync(reader, SuppressionReason.Unsubscribed);
        await SuppressAsync(reader, SuppressionReason.Operator, (await graph.PersonAsync(Role.Operator)).Id);

        await post.SendAsync(eventId, reader.Id);

        server.Mails.ShouldBeEmpty();
        (await post.MailAsync(eventId)).ShouldNotBeNull().LastError.ShouldBe("The address is suppressed: operator.");
    }

    [Fact]
    public async Task A_subscription_mail_brings_along_how_to_stop_it_and_no_other_does()
    {
        await using var server = new SmtpListener();
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();
        await using var db = await graph.DatabaseAsync();
        var token = (await db.Users.AsNoTracking().SingleAsync(user => user.Id == reader.Id)).UnsubscribeToken;

        await post.SendDigestAsync(eventId, reader.Id);
        await post.SendAsync(Guid.NewGuid(), reader.Id);

        server.Mails[0].ShouldContain($"/unsubscribe/one-click?token={token:N}>");
        server.Mails[0].ShouldContain("Stop all summaries, invitations and reports");
        server.Mails[1].ShouldNotContain("unsubscribe", Case.Insensitive);
        server.Mails[1].ShouldNotContain($"{token:N}");
    }

    [Fact]
    public async Task A_mail_that_is_not_worth_sending_any_more_when_it_comes_again_is_withheld()
    {
        await using var server = new SmtpListener().Answers("RCPT", "451 later");
        await using var post = await MailPost.OnAsync(graph, server);
        var reader = await graph.OwnAccountAsync();
        await Should.ThrowAsync<MailNotTakenException>(() => post.SendAsync(eventId, reader.Id));
        await using var db = await graph.DatabaseAsync();
        await new EraseAccount(db, TimeProvider.System).ExecuteAsync(reader.Id, CancellationToken.None);

        await post.SendAsync(eventId, reader.Id);

        (await post.MailAsync(eventId)).ShouldNotBeNull().Status.ShouldBe(MailStatus.Withheld);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_that_has_to_wait_for_its_turn_is_nobodys_meanwhile()
    {
        await using var server = new SmtpListener();
        await using var post = await MailPost.OnAsync(graph, server, ("MostPerMinute", "1"), ("Timeout", "00:00:05"), ("Lease", "00:00:20"));
        var reader = await graph.OwnAccountAsync();

        await post.SendAsync(eventId, reader.Id);
        var second = Guid.NewGuid();
        await Should.ThrowAsync<NotThisMinuteException>(() => post.SendAsync(second, reader.Id));

        server.Mails.Count.ShouldBe(1);
        (await post.MailAsync(second)).ShouldBeNull();
    }

    [Fact]
    public async Task What_there_is_to_say_is_asked_after_the_wait()
    {
        await using var server = new SmtpListener().Answers("RCPT", "451 later");
        await using var post = await MailPost.OnAsync(graph, server, ("MostPerMinute", "1"), ("Timeout", "00:00:05"), ("Lease", "00:00:20"));
        var reader = await graph.OwnAccountAsync();
        await Should.ThrowAsync<MailNotTakenException>(() => post.SendAsync(eventId, reader.Id));
        await using var db = await graph.DatabaseAsync();
        await new EraseAccount(db, TimeProvider.System).ExecuteAsync(reader.Id, CancellationToken.None);

        await Should.ThrowAsync<NotThisMinuteException>(() => post.SendAsync(eventId, reader.Id));

        (await post.MailAsync(eventId)).ShouldNotBeNull().Status.ShouldBe(MailStatus.Deferred);
    }

    [Fact]
    public async Task A_mail_that_has_to_wait_for_a_connection_is_nobodys_meanwhile()
    {
        await using var server = new SmtpListener();
        await using var post = await MailPost.OnAsync(graph, server, ("MostConnections", "1"));
        var reader = await graph.OwnAccountAsync();
        using var place = await post.TakePlaceAsync();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        await Should.ThrowAsync<OperationCanceledException>(() => post.SendAsync(eventId, reader.Id, enough.Token));

        (await post.MailAsync(eventId)).ShouldBeNull();
        server.Connections.ShouldBe(0);
    }

    private async Task SuppressAsync(Account reader, SuppressionReason reason, Guid? by = null)
    {
        await using var db = await graph.DatabaseAsync();
        await db.SuppressAsync(reader.SignIn.Email, reason, note: null, by, TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }

    private async Task<List<SuppressedAddress>> SuppressionsOfAsync(Account reader)
    {
        await using var db = await graph.DatabaseAsync();
        return await db.SuppressedAddresses.AsNoTracking().Where(row => row.Address == EmailAddresses.Normalize(reader.SignIn.Email)).ToListAsync();
    }
}
