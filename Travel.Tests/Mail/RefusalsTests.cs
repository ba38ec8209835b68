using System.Net.Mail;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

public sealed class RefusalsTests
{
    [Theory]
    [InlineData(550, "5.1.1 The email account that you tried to reach does not exist")]
    [InlineData(550, "5.1.1 <sara@example.org>: Recipient address rejected: User unknown in relay recipient table")]
    [InlineData(550, "5.1.2 No such domain")]
    [InlineData(553, "5.1.3 That is no address")]
    [InlineData(551, "5.1.6 Gone to example.com")]
    [InlineData(550, "5.1.10 example.org has a null MX")]
    [InlineData(550, "5.2.1 The account is disabled")]
    [InlineData(550, "host 10.5.1.8 says: 5.1.1 nobody of that name")]
    public void An_enhanced_code_that_names_the_recipient_is_about_the_recipient(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeTrue();

    [Theory]
    [InlineData(550, "No such user here")]
    [InlineData(550, "User unknown in local recipient table")]
    [InlineData(550, "Unknown user: sara@example.org")]
    [InlineData(550, "Requested action not taken: mailbox unavailable")]
    [InlineData(551, "user unknown; try elsewhere")]
    [InlineData(553, "this address does not exist")]
    [InlineData(550, "host 10.5.1.8 knows: no such user")]
    public void Without_one_the_words_tell(int code, string words) => Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeTrue();

    [Theory]
    [InlineData(550, "5.1.0 Address rejected")]
    [InlineData(550, "5.0.0 User unknown")]
    [InlineData(550, "5.0.1 Mailbox unavailable")]
    [InlineData(550, "5.5.0 Requested action not taken: mailbox unavailable")]
    [InlineData(550, "5.5.1 No such user")]
    [InlineData(550, "5.7.1 Relaying denied")]
    [InlineData(550, "5.7.1 Administrative prohibition")]
    [InlineData(550, "5.7.26 Unauthenticated email is not accepted")]
    [InlineData(550, "5.4.1 Recipient address rejected: access denied")]
    [InlineData(550, "5.2.2 Mailbox full")]
    [InlineData(550, "5.3.4 Message too big for system")]
    [InlineData(550, "4.1.1 User unknown for the moment")]
    [InlineData(553, "5.1.8 The domain does not exist")]
    public void Any_other_enhanced_code_may_be_about_us_whatever_the_words(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeFalse();

    [Theory]
    [InlineData(550, "")]
    [InlineData(550, "no")]
    [InlineData(550, "nobody of that name")]
    [InlineData(550, "relay not permitted")]
    [InlineData(550, "Administrative prohibition")]
    [InlineData(550, "Please turn on SMTP Authentication in your mail client")]
    [InlineData(550, "10.5.1.8 is listed at rbl.example.org")]
    [InlineData(550, "Rejected by an RBL; see http://rbl.example.org/5.1.1.8")]
    [InlineData(551, "not here; try elsewhere")]
    [InlineData(553, "sorry, that domain isn't in my list of allowed rcpthosts")]
    public void No_code_and_no_such_words_say_nothing_of_the_recipient(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeFalse();

    [Theory]
    [InlineData(550, "5.1.1 Sender address rejected: user unknown")]
    [InlineData(553, "5.1.3 The sender's is no address")]
    [InlineData(550, "Unknown user: sender verify failed")]
    [InlineData(550, "SENDER does not exist")]
    [InlineData(550, "The domain of MAIL FROM does not exist")]
    public void What_names_the_sender_is_about_us(int code, string words) => Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeFalse();

    [Theory]
    [InlineData(554, "5.1.1 no such user")]
    [InlineData(556, "5.1.10 null MX")]
    [InlineData(550, "5.1.1 no such user")]
    public void Where_nobody_knows_what_was_answered_the_enhanced_code_says_that_it_is_the_recipient(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToWhatever(code, words)).ShouldBeTrue();

    [Theory]
    [InlineData(550, "no such user")]
    [InlineData(554, "user unknown")]
    [InlineData(554, "No SMTP service here")]
    [InlineData(554, "5.7.1 Service unavailable; client host blocked")]
    [InlineData(550, "sender rejected")]
    [InlineData(550, "5.1.7 Bad sender's mailbox address syntax")]
    [InlineData(530, "5.7.0 Must issue a STARTTLS command first")]
    [InlineData(535, "5.7.8 Bad credentials")]
    [InlineData(552, "5.2.3 Too large")]
    [InlineData(451, "4.7.1 Greylisted")]
    [InlineData(451, "5.1.1 no such user")]
    [InlineData(421, "Too busy")]
    [InlineData(-1, "Failure sending mail.")]
    public void Everything_else_is_about_us_or_this_moment(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToWhatever(code, words)).ShouldBeFalse();

    [Theory]
    [InlineData(450, "4.2.0 Greylisted")]
    [InlineData(450, "mailbox unavailable")]
    [InlineData(452, "4.2.2 Mailbox full")]
    [InlineData(552, "5.2.2 Mailbox full")]
    public void A_recipient_who_may_take_it_later_is_somebody(int code, string words) =>
        Refusals.IsOfRecipientForGood(ToRecipient(code, words)).ShouldBeFalse();

    /// <summary>It puts its own words before the server's: "Mailbox unavailable. The server response was: ".</summary>
    private static SmtpFailedRecipientException ToRecipient(int code, string words) => new((SmtpStatusCode)code, "<sara@example.org>", words);

    private static SmtpException ToWhatever(int code, string words) => new((SmtpStatusCode)code, "Transaction failed. The server response was: " + words);
}
