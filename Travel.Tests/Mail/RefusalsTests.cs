using System.Net.Mail;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

public sealed class RefusalsTests
{
    [Theory]
    [InlineData(550, "nobody of that name")]
    [InlineData(550, "5.1.1 The email account that you tried to reach does not exist")]
    [InlineData(550, "5.5.0 Requested action not taken: mailbox unavailable")]
    [InlineData(550, "5.2.1 The account is disabled")]
    [InlineData(550, "5.1.10 example.org has a null MX")]
    [InlineData(551, "not here; try elsewhere")]
    [InlineData(553, "no such name")]
    [InlineData(550, "host 10.5.1.8 knows nobody of that name")]
    public void What_is_answered_to_the_recipient_and_says_no_more_is_about_the_recipient(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeTrue();

    [Theory]
    [InlineData(550, "5.7.1 Relaying denied")]
    [InlineData(550, "relay not permitted")]
    [InlineData(550, "5.7.26 Unauthenticated email is not accepted")]
    [InlineData(553, "5.1.8 Sender address has no domain")]
    [InlineData(550, "5.4.1 No answer from host")]
    [InlineData(550, "5.2.2 Mailbox full")]
    [InlineData(550, "5.3.4 Message too big for system")]
    public void What_is_answered_to_the_recipient_for_our_sake_is_not(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeFalse();

    [Theory]
    [InlineData(554, "5.1.1 no such user")]
    [InlineData(556, "5.1.10 null MX")]
    [InlineData(550, "5.1.1 no such user")]
    public void Where_nobody_knows_what_was_answered_the_enhanced_code_says_that_it_is_the_recipient(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToWhatever(code, words)).ShouldBeTrue();

    [Theory]
    [InlineData(554, "No SMTP service here")]
    [InlineData(554, "5.7.1 Service unavailable; client host blocked")]
    [InlineData(550, "sender rejected")]
    [InlineData(550, "5.1.7 Bad sender's mailbox address syntax")]
    [InlineData(530, "5.7.0 Must issue a STARTTLS command first")]
    [InlineData(535, "5.7.8 Bad credentials")]
    [InlineData(552, "5.2.3 Too large")]
    [InlineData(451, "4.7.1 Greylisted")]
    [InlineData(421, "Too busy")]
    [InlineData(-1, "Failure sending mail.")]
    public void Everything_else_is_about_us_or_this_moment(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToWhatever(code, words)).ShouldBeFalse();

    [Theory]
    [InlineData(450, "4.2.0 Greylisted")]
    [InlineData(452, "4.2.2 Mailbox full")]
    [InlineData(552, "5.2.2 Mailbox full")]
    public void A_recipient_who_may_take_it_later_is_somebody(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeFalse();

    private static SmtpFailedRecipientException ToRecipient(int code, string words) =>
        new((SmtpStatusCode)code, "<sara@example.org>", "Mailbox unavailable. The server response was: " + words);

    private static SmtpException ToWhatever(int code, string words) => new((SmtpStatusCode)code, "Transaction failed. The server response was: " + words);
}
