using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Messaging;

[Collection(DatabaseServer.Collection)]
public sealed class RecordDeadLetterTests(BookingHouse house) : IClassFixture<BookingHouse>
{
    private static readonly DateTimeOffset Now = BookingHouse.Now;

    [Theory]
    [InlineData(MailStatus.Queued, MailStatus.Failed)]
    [InlineData(MailStatus.Deferred, MailStatus.Failed)]
    [InlineData(MailStatus.Sent, MailStatus.Sent)]
    [InlineData(MailStatus.Withheld, MailStatus.Withheld)]
    public async Task A_mail_whose_message_the_broker_gave_up_has_failed_unless_its_fate_is_known(MailStatus before, MailStatus after)
    {
        var eventId = await MailAsync(before);

        await RecordAsync(Topology.UrgentMail, eventId);

        var mail = await ReadAsync(eventId);
        (mail.Status, mail.NextAttemptAt, mail.LastError).ShouldBe((after, null, after == MailStatus.Failed ? "The broker gave it up: delivery_limit." : null));
    }

    [Fact]
    public async Task In_either_queue_of_mails_one_that_had_failed_before_says_why_and_is_not_due_any_more()
    {
        foreach (var queue in new[] { Topology.UrgentMail, Topology.BulkMail })
        {
            var eventId = await MailAsync(MailStatus.Deferred, "451 Come again later.");

            await RecordAsync(queue, eventId);

            var mail = await ReadAsync(eventId);
            (mail.Status, mail.NextAttemptAt, mail.LastError).ShouldBe((MailStatus.Failed, null, "451 Come again later."), queue.Name);
        }
    }

    [Fact]
    public async Task A_death_that_is_seen_again_does_not_fail_a_mail_that_is_on_its_way_again()
    {
        var eventId = await MailAsync(MailStatus.Deferred);
        await RecordAsync(Topology.UrgentMail, eventId);
        await house.AskAsync(db => db.Mails.Where(mail => mail.EventId == eventId).ExecuteUpdateAsync(mail => mail.SetProperty(row => row.Status, MailStatus.Queued)));

        (await RecordAsync(Topology.UrgentMail, eventId)).ShouldBeFalse();

        (await ReadAsync(eventId)).Status.ShouldBe(MailStatus.Queued);
    }

    [Fact]
    public async Task What_dies_in_a_queue_that_sends_no_mail_fails_none()
    {
        var eventId = await MailAsync(MailStatus.Deferred);

        await RecordAsync(Topology.PaymentNotices, eventId);

        (await ReadAsync(eventId)).Status.ShouldBe(MailStatus.Deferred);
    }

    private async Task<Guid> MailAsync(MailStatus status, string? error = null)
    {
        var recipient = Persons.New();
        var mail = new MailMessage
        {
            Id = Guid.CreateVersion7(Now), EventId = Guid.NewGuid(), Kind = "booking-confirmed", RecipientId = recipient.Id, Status = status, Attempts = 1, CreatedAt = Now,
            NextAttemptAt = status == MailStatus.Deferred ? Now.AddMinutes(10) : null, LastError = error, SentAt = status == MailStatus.Sent ? Now : null,
        };
        await house.AskAsync(async db =>
        {
            db.Users.Add(recipient);
            await db.SaveChangesAsync();
            db.Mails.Add(mail);
            return await db.SaveChangesAsync();
        });
        return mail.EventId;
    }

    private Task<bool> RecordAsync(ConsumerQueue queue, Guid eventId)
    {
        var death = new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = "delivery_limit"u8.ToArray() };
        var properties = new BasicProperties { MessageId = $"{eventId}", Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [MessageHeaders.Deaths] = new List<object?> { death } } };
        return house.AskAsync(db => new RecordDeadLetter(db).ExecuteAsync(DeadLetter.Of(queue.Name, properties, "{}"u8.ToArray(), Now), CancellationToken.None));
    }

    private Task<MailMessage> ReadAsync(Guid eventId) => house.AskAsync(db => db.Mails.AsNoTracking().SingleAsync(mail => mail.EventId == eventId));
}
