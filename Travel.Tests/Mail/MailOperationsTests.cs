using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Mail;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Outages)]
public sealed class MailOperationsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Mails = "/api/v1/operations/mails";
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Mails_are_listed_newest_first_page_by_page_and_their_addresses_masked()
    {
        var (reader, mails) = await MailsAsync(MailStatus.Sent, MailStatus.Deferred, MailStatus.Failed);

        var first = await house.ReadAsync<Page<MailSummary>>($"{Mails}?recipient={reader.Email}&limit=2");
        var second = await house.ReadAsync<Page<MailSummary>>($"{Mails}?recipient={reader.Email}&limit=2&cursor={first.Next}");

        first.Items.Concat(second.Items).Select(mail => mail.Id).ShouldBe([mails[2].Id, mails[1].Id, mails[0].Id]);
        second.Next.ShouldBeNull();
        first.Items.ShouldAllBe(mail => mail.Recipient == $"{reader.Email![0]}***@example.org" && mail.RecipientId == reader.Id);
        var failed = first.Items[0];
        (failed.Status, failed.Kind, failed.Attempts, failed.LastError).ShouldBe((MailStatus.Failed, "test", 1, $"550 <{reader.Email![0]}***@example.org>"));
    }

    [Fact]
    public async Task Mails_are_found_by_what_became_of_them_by_their_letter_and_by_whom_they_are_for()
    {
        var (reader, mails) = await MailsAsync(MailStatus.Sent, MailStatus.Deferred, MailStatus.Failed, MailStatus.Withheld);

        (await IdsAsync($"?recipient={reader.Id}&status=failed,withheld")).ShouldBe([mails[3].Id, mails[2].Id]);
        (await IdsAsync($"?recipient={reader.Id}&status=sent,failed")).ShouldBe([mails[2].Id, mails[0].Id]);
        (await IdsAsync($"?recipient={reader.Id}&kind=other")).ShouldBeEmpty();
        (await IdsAsync($"?recipient={reader.Id}&kind=test")).Count.ShouldBe(4);
        (await IdsAsync("?recipient=nobody@example.org")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_mails_about_a_booking_are_found_by_its_id_and_by_its_reference()
    {
        var (stay, _) = await house.AskAsync(db => OnlineStay.PaidAsync(db, now.AddDays(-1)));
        var mail = await house.AskAsync(async db =>
        {
            var row = MailOf(stay.Booking.GuestId, MailStatus.Sent, Guid.NewGuid(), bookingId: stay.Booking.Id);
            db.Mails.Add(row);
            await db.SaveChangesAsync();
            return row;
        });

        (await house.ReadAsync<Page<MailSummary>>($"{Mails}?booking={stay.Booking.Reference}")).Items.ShouldHaveSingleItem().BookingReference.ShouldBe(stay.Booking.Reference);
        (await IdsAsync($"?booking={stay.Booking.Id}")).ShouldBe([mail.Id]);
        (await IdsAsync("?booking=33333333")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?status=lost", "status")]
    [InlineData("?status=", "status")]
    [InlineData("?booking=7kdm", "booking")]
    [InlineData("?recipient=somebody", "recipient")]
    [InlineData("?kind=Booking%20Confirmed", "kind")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?cursor=nonsense", "cursor")]
    [InlineData("?to=somebody", "to")]
    public async Task What_cannot_be_looked_for_is_said(string query, string field)
    {
        using var answer = await house.Operator.GetAsync(Mails + query);

        await answer.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task A_mail_is_sent_once_more_by_an_event_of_its_own_however_often_the_same_request_comes()
    {
        var (mail, told) = await ToldAsync();
        var key = Guid.NewGuid().ToString();

        var again = await (await TryAsync(mail.Id, key)).ReadAsync<ResendMailResponse>(HttpStatusCode.Accepted);
        (await (await TryAsync(mail.Id, key)).ReadAsync<ResendMailResponse>(HttpStatusCode.Accepted)).ShouldBe(again);

        await house.AskAsync(async db =>
        {
            var copy = await db.Mails.AsNoTracking().SingleAsync(row => row.ResendOf == mail.Id);
            (copy.Id, copy.Kind, copy.RecipientId, copy.Status, copy.Attempts).ShouldBe((again.Id, mail.Kind, mail.RecipientId, MailStatus.Queued, 0));
            var request = await RequestAsync(db, copy.EventId);
            request.ShouldBe(new MailResendRequested(mail.Id, mail.Kind, told.RoutingKey, told.Body));
            var audit = await db.Audit.SingleAsync(entry => entry.Subject == mail.Id.ToString());
            (audit.Action, audit.ActorId).ShouldBe(("mail-resent", house.Person.Id));
            return true;
        });
        using var another = await TryAsync((await ToldAsync()).Mail.Id, key);
        await another.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task What_was_sent_again_can_be_sent_again_for_the_same_event()
    {
        var (mail, told) = await ToldAsync();
        var first = await (await TryAsync(mail.Id)).ReadAsync<ResendMailResponse>(HttpStatusCode.Accepted);
        using (var tooEarly = await TryAsync(first.Id))
        {
            (await tooEarly.ShouldBeProblemAsync(HttpStatusCode.Conflict, "mail-not-resendable")).GetProperty("detail").GetString()!.ShouldContain("on its way");
        }

        await house.AskAsync(db => db.Mails.Where(row => row.Id == first.Id).ExecuteUpdateAsync(
            row => row.SetProperty(failed => failed.Status, MailStatus.Failed).SetProperty(failed => failed.Attempts, 6)));

        var second = await (await TryAsync(first.Id)).ReadAsync<ResendMailResponse>(HttpStatusCode.Accepted);

        await house.AskAsync(async db =>
        {
            var copy = await db.Mails.AsNoTracking().SingleAsync(row => row.Id == second.Id);
            (await RequestAsync(db, copy.EventId)).ShouldBe(new MailResendRequested(first.Id, mail.Kind, told.RoutingKey, told.Body));
            return true;
        });
    }

    [Fact]
    public async Task Operators_who_have_one_mail_sent_again_at_once_have_it_sent_once()
    {
        var (mail, _) = await ToldAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TryAsync(mail.Id)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Accepted))
        {
            (await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "mail-not-resendable")).GetProperty("detail").GetString()!.ShouldContain("already");
        }

        await house.AskAsync(db => db.Mails.Where(row => row.ResendOf == mail.Id).ExecuteUpdateAsync(
            row => row.SetProperty(sent => sent.Status, MailStatus.Sent).SetProperty(sent => sent.SentAt, now)));
        (await TryAsync(mail.Id)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await house.AskAsync(db => db.Mails.CountAsync(row => row.ResendOf == mail.Id))).ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_has_a_mail_sent_again_while_another_operator_does_waits_for_what_comes_of_that()
    {
        var (mail, _) = await ToldAsync();

        var second = await house.AskAsync(async db =>
        {
            await using var first = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM mails WHERE id = {mail.Id} FOR NO KEY UPDATE");
            var trying = TryAsync(mail.Id);
            await Eventually.GetAsync(
                () => house.AskAsync(other => other.Database.SqlQuery<bool>(
                    $"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"").SingleAsync()),
                waits => waits, TimeSpan.FromSeconds(5), "A request that waits for the mail");
            db.Mails.Add(new MailMessage
            {
                Id = Guid.CreateVersion7(now), EventId = Guid.NewGuid(), Kind = mail.Kind, RecipientId = mail.RecipientId, Status = MailStatus.Queued, Attempts = 0,
                ResendOf = mail.Id, CreatedAt = now,
            });
            await db.SaveChangesAsync();
            await first.CommitAsync();
            return await trying;
        });

        (await second.ShouldBeProblemAsync(HttpStatusCode.Conflict, "mail-not-resendable")).GetProperty("detail").GetString()!.ShouldContain("already");
    }

    [Fact]
    public async Task A_mail_whose_event_is_forgotten_cannot_be_written_again()
    {
        var (_, mails) = await MailsAsync(MailStatus.Failed);

        using var answer = await TryAsync(mails[0].Id);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "mail-not-resendable")).GetProperty("detail").GetString()!.ShouldContain("no longer kept");
    }

    [Fact]
    public async Task A_mail_to_an_account_that_has_been_erased_is_not_sent_again()
    {
        var (mail, _) = await ToldAsync();
        await house.AskAsync(db => new EraseAccount(db, TimeProvider.System).ExecuteAsync(mail.RecipientId, CancellationToken.None));

        using var answer = await TryAsync(mail.Id);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "mail-not-resendable")).GetProperty("detail").GetString()!.ShouldContain("erased");
    }

    [Fact]
    public async Task A_mail_that_is_not_there_is_not_found_and_one_without_a_key_not_sent()
    {
        using var nowhere = await TryAsync(Guid.NewGuid());
        using var keyless = await house.Operator.PostAsync($"{Mails}/{Guid.NewGuid()}/resend", content: null);

        await nowhere.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await keyless.ShouldBeInvalidAsync("Idempotency-Key");
    }

    private async Task<List<Guid>> IdsAsync(string query) => [.. (await house.ReadAsync<Page<MailSummary>>(Mails + query)).Items.Select(mail => mail.Id)];

    private Task<HttpResponseMessage> TryAsync(Guid mailId, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Mails}/{mailId}/resend");
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return house.Operator.SendAsync(request);
    }

    private static async Task<MailResendRequested?> RequestAsync(Domain.TravelDbContext db, Guid eventId)
    {
        var message = await db.Outbox.AsNoTracking().SingleAsync(row => row.Id == eventId);
        message.RoutingKey.ShouldBe(MailResendRequested.RoutingKey);
        return JsonSerializer.Deserialize<MailResendRequested>(message.Body, TravelJson.Options);
    }

    /// <summary>One that was sent, and the event that called for it.</summary>
    private async Task<(MailMessage Mail, OutboxMessage Told)> ToldAsync()
    {
        var (reader, _) = await house.SomebodyAsync(Role.Guest);
        var told = OutboxMessage.Of(new BookingDeclined(Guid.NewGuid(), 1, NightsGone: false, now), now);
        var mail = MailOf(reader.Id, MailStatus.Sent, told.Id);
        await house.AskAsync(db =>
        {
            db.Outbox.Add(told);
            db.Mails.Add(mail);
            return db.SaveChangesAsync();
        });
        return (mail, told);
    }

    private async Task<(User Reader, IReadOnlyList<MailMessage> Mails)> MailsAsync(params MailStatus[] statuses)
    {
        var (reader, _) = await house.SomebodyAsync(Role.Guest);
        var mails = statuses.Select((status, index) => MailOf(reader.Id, status, Guid.NewGuid(), $"550 <{reader.Email}>", after: index)).ToList();
        await house.AskAsync(db =>
        {
            db.Mails.AddRange(mails);
            return db.SaveChangesAsync();
        });
        return (reader, mails);
    }

    private MailMessage MailOf(Guid recipientId, MailStatus status, Guid eventId, string? lastError = null, int after = 0, Guid? bookingId = null) => new()
    {
        Id = Guid.CreateVersion7(now.AddSeconds(after)),
        EventId = eventId,
        Kind = "test",
        RecipientId = recipientId,
        BookingId = bookingId,
        Status = status,
        Attempts = 1,
        LastError = lastError,
        CreatedAt = now,
        SentAt = status == MailStatus.Sent ? now : null,
    };
}
