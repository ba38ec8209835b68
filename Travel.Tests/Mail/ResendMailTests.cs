using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

[Collection(TravelGraph.Collection)]
public sealed class ResendMailTests(TravelGraph graph)
{
    [Fact]
    public async Task What_an_operator_has_sent_again_is_written_anew_and_comes_as_a_mail_of_its_own_to_the_same_person_alone()
    {
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        var first = (await graph.Mailbox.WaitForMailAboutAsync(booking.Reference)).ShouldHaveSingleItem();
        await using var db = await graph.DatabaseAsync();
        var sent = await Eventually.GetAsync(
            () => db.Mails.AsNoTracking().SingleAsync(mail => mail.BookingId == booking.Id && mail.Kind == BookingConfirmation.Kind),
            mail => mail.Status == MailStatus.Sent, TimeSpan.FromSeconds(30), "The confirmation");
        using var @operator = await graph.OperatorAsync();
        @operator.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var answer = await @operator.PostAsync($"/api/v1/operations/mails/{sent.Id}/resend", content: null);

        var again = await answer.ReadAsync<ResendMailResponse>(HttpStatusCode.Accepted);
        var mails = await Eventually.GetAsync(
            () => graph.Mailbox.MailsAboutAsync(booking.Reference, TravelGraph.GuestEmail), found => found.Count == 2, TimeSpan.FromSeconds(30), "The mail once more");
        var row = await Eventually.GetAsync(
            () => db.Mails.AsNoTracking().SingleAsync(mail => mail.Id == again.Id), mail => mail.Status == MailStatus.Sent, TimeSpan.FromSeconds(30), "Its row");
        mails.Select(mail => mail.Subject).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldBe(first.Subject);
        mails.Select(mail => mail.MessageId).ShouldBeUnique();
        mails.ShouldContain(mail => mail.MessageId.Contains($"{row.EventId:N}.{BookingConfirmation.Kind}@", StringComparison.Ordinal));
        (row.ResendOf, row.RecipientId, row.Attempts).ShouldBe((sent.Id, sent.RecipientId, 1));
        (await db.Mails.CountAsync(mail => mail.EventId == row.EventId)).ShouldBe(1);
    }
}
