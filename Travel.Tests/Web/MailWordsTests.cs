using Travel.Contracts.Operations;
using Travel.Web.Mail;

namespace Travel.Tests.Web;

public sealed class MailWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(MailStatus.Queued, 0, "Not tried yet")]
    [InlineData(MailStatus.Queued, 1, "Being sent")]
    [InlineData(MailStatus.Sent, 1, "Sent 20 Nov 2026, 09:30:00 UTC")]
    [InlineData(MailStatus.Deferred, 2, "In vain so far, 2 attempts")]
    [InlineData(MailStatus.Failed, 1, "Failed, 1 attempt")]
    [InlineData(MailStatus.Withheld, 0, "Withheld")]
    public void What_became_of_a_mail_is_said_in_words(MailStatus status, int attempts, string words) =>
        MailWords.Fate(new MailSummary(
            Guid.NewGuid(), "booking-confirmed", status, Guid.NewGuid(), "g***@example.org", BookingId: null, BookingReference: null, attempts, LastError: null, Now,
            status == MailStatus.Sent ? Now : null, NextAttemptAt: null, ResendOf: null)).ShouldBe(words);

    [Fact]
    public void Only_what_has_come_to_an_end_is_offered_to_be_sent_again() =>
        Enum.GetValues<MailStatus>().Where(MailWords.IsOver).ShouldBe([MailStatus.Sent, MailStatus.Failed, MailStatus.Withheld]);

    [Fact]
    public void What_was_left_empty_is_not_asked_about() =>
        MailSearch.Of(status: "", booking: " 7kdm4qxr ", recipient: "", cursor: null).At("/mails").ShouldBe("/mails?booking=7KDM4QXR");

    [Fact]
    public void Another_state_begins_at_the_first_page_and_keeps_the_rest()
    {
        var search = new MailSearch(Status: "sent", Recipient: "sara@example.org", Cursor: "next");

        search.In(MailStatus.Failed).At("/mails").ShouldBe("/mails?status=failed&recipient=sara@example.org");
        search.In(null).At("/mails").ShouldBe("/mails?recipient=sara@example.org");
        (search.IsIn(MailStatus.Sent), search.IsIn(MailStatus.Failed), search.IsIn(null)).ShouldBe((true, false, false));
    }
}
