using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Messaging;

[Collection(DatabaseServer.Collection)]
public sealed class RecordDeadLetterTests(DatabaseServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = BookingHouse.Now;
    private TravelDbContext db = null!;

    public async Task InitializeAsync() => db = await SeededDatabase.EmptyAsync(server, $"dead_{Guid.NewGuid():N}");

    public async Task DisposeAsync()
    {
        await db.Database.EnsureDeletedAsync();
        await db.DisposeAsync();
    }

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
    public async Task A_death_that_is_seen_again_does_not_fail_a_mail_that_is_on_its_way_again()
    {
        var eventId = await MailAsync(MailStatus.Deferred);
        await RecordAsync(Topology.UrgentMail, eventId);
        await db.Mails.ExecuteUpdateAsync(mail => mail.SetProperty(row => row.Status, MailStatus.Queued));

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

    private async Task<Guid> MailAsync(MailStatus status)
    {
        var recipient = Persons.New();
        db.Users.Add(recipient);
        await db.SaveChangesAsync();
        var mail = new MailMessage
        {
            Id = Guid.CreateVersion7(Now), EventId = Guid.NewGuid(), Kind = "booking-confirmed", RecipientId = recipient.Id, Status = status, Attempts = 1, CreatedAt = Now,
            SentAt = status == MailStatus.Sent ? Now : null,
        };
        db.Mails.Add(mail);
        await db.SaveChangesAsync();
        return mail.EventId;
    }

    private Task<bool> RecordAsync(ConsumerQueue queue, Guid eventId)
    {
        var death = new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = "delivery_limit"u8.ToArray() };
        var properties = new BasicProperties { MessageId = $"{eventId}", Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [MessageHeaders.Deaths] = new List<object?> { death } } };
        return new RecordDeadLetter(db).ExecuteAsync(DeadLetter.Of(queue.Name, properties, "{}"u8.ToArray(), Now), CancellationToken.None);
    }

    private Task<MailMessage> ReadAsync(Guid eventId) => db.Mails.AsNoTracking().SingleAsync(mail => mail.EventId == eventId);
}
