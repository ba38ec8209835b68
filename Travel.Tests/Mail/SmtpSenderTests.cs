using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

public sealed class SmtpSenderTests
{
    private static readonly OutgoingMail Mail = new(
        "0192f0c1.booking-confirmed", "sara@example.org", "Sara", "Your stay is booked: Lake house (4HNRXY7Q)", "<p>Hello</p>", "Hello", new CalendarFile("PUBLISH", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"));

    [Fact]
    public async Task Each_attempt_at_a_mail_has_the_same_message_id()
    {
        await using var server = new SmtpListener();

        await SendAsync(server, Mail, Mail);

        server.Mails.Count.ShouldBe(2);
        server.Mails.ShouldAllBe(mail => HeaderOf(mail, "Message-ID") == "<0192f0c1.booking-confirmed@travel.test>");
    }

    [Fact]
    public async Task A_mail_has_its_subject_a_text_part_before_the_html_part_and_the_calendar()
    {
        await using var server = new SmtpListener();

        await SendAsync(server, Mail);

        var mail = server.Mails.ShouldHaveSingleItem();
        HeaderOf(mail, "Subject").ShouldBe(Mail.Subject);
        HeaderOf(mail, "To").ShouldContain("sara@example.org");
        HeaderOf(mail, "Auto-Submitted").ShouldBe("auto-generated");
        mail.ShouldContain("multipart/alternative");
        var text = mail.IndexOf("text/plain", StringComparison.Ordinal);
        text.ShouldBeGreaterThan(0);
        mail.IndexOf("text/html", StringComparison.Ordinal).ShouldBeGreaterThan(text);
        mail.ShouldContain("text/calendar");
        mail.ShouldContain("method=PUBLISH");
        mail.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Mail.Calendar!.Text)));
    }

    [Fact]
    public async Task No_name_breaks_a_header()
    {
        await using var server = new SmtpListener();

        await SendAsync(new MailOptions { Server = server.Address, FromName = "\"Travel\" stays\\" }, Mail with { ToName = "Sara \"Sunny\" \\Ali\\" });

        var mail = server.Mails.ShouldHaveSingleItem();
        HeaderOf(mail, "From").ShouldBe("\"'Travel' stays\" <stays@travel.test>");
        HeaderOf(mail, "To").ShouldBe("\"Sara 'Sunny' Ali\" <sara@example.org>");
    }

    [Fact]
    public async Task A_subject_in_any_script_arrives()
    {
        await using var server = new SmtpListener();

        await SendAsync(server, Mail with { Subject = "ባሕር ዳር – 湖 (4HNRXY7Q)" });

        var encoded = string.Concat(EncodedWord(HeaderOf(server.Mails.Single(), "Subject")));
        encoded.ShouldBe("ባሕር ዳር – 湖 (4HNRXY7Q)");
    }

    [Fact]
    public async Task A_refused_mail_is_an_error_that_can_be_logged_without_what_the_server_said_of_the_recipient()
    {
        await using var server = new SmtpListener().Answers("RCPT", "550 nobody of that name");

        var refused = await Should.ThrowAsync<MailNotTakenException>(() => SendAsync(server, Mail));

        server.Mails.ShouldBeEmpty();
        refused.Words.ShouldContain("nobody of that name");
        refused.ToString().ShouldContain(nameof(SmtpStatusCode.MailboxUnavailable));
        refused.ToString().ShouldNotContain("nobody of that name");
        refused.ToString().ShouldNotContain("sara@example.org");
    }

    [Theory]
    [InlineData(SmtpListener.Greeting)]
    [InlineData("RCPT")]
    [InlineData(SmtpListener.Mail)]
    public async Task A_server_that_says_nothing_is_given_up(string command)
    {
        await using var server = new SmtpListener().Answers(command, SmtpListener.SaysNothing);
        var options = new MailOptions { Server = server.Address, Timeout = TimeSpan.FromMilliseconds(200) };

        (await Should.ThrowAsync<TimeoutException>(() => SendAsync(options, Mail))).Message.ShouldBe("The SMTP server did not answer in time.");
    }

    [Fact]
    public async Task Mails_that_can_be_stopped_say_how_in_one_click_and_no_others()
    {
        await using var server = new SmtpListener();
        var address = new Uri("https://travel.example/unsubscribe/one-click?token=6f1c2d3e4b5a49788796a5b4c3d2e1f0");

        await SendAsync(server, Mail, Mail with { OneClickUnsubscribe = address });

        server.Mails[0].ShouldNotContain("List-Unsubscribe");
        HeaderOf(server.Mails[1], "List-Unsubscribe").ShouldBe($"<{address}>");
        HeaderOf(server.Mails[1], "List-Unsubscribe-Post").ShouldBe("List-Unsubscribe=One-Click");
    }

    [Fact]
    public async Task A_server_that_offers_no_TLS_where_it_is_asked_for_gets_neither_password_nor_mail()
    {
        await using var server = new SmtpListener().Answers("EHLO", "250-test\r\n250 AUTH LOGIN");

        await Should.ThrowAsync<MailNotTakenException>(() => SendAsync(
            new MailOptions { Server = server.Address, Security = MailSecurity.StartTls, UserName = "travel", Password = "secret" }, Mail));

        server.Commands.ShouldAllBe(command => command.StartsWith("EHLO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_a_user_name_signs_in_with_it_once_for_each_connection()
    {
        await using var server = new SmtpListener().Answers("EHLO", "250-test\r\n250 AUTH LOGIN");

        await SendAsync(new MailOptions { Server = server.Address, UserName = "travel", Password = "secret" }, Mail, Mail);

        server.Mails.Count.ShouldBe(2);
        server.Commands.Skip(1).Take(2).ShouldBe([$"AUTH login {Base64("travel")}", Base64("secret")]);
        server.Commands.Count(command => command.StartsWith("AUTH", StringComparison.Ordinal)).ShouldBe(1);

        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static Task SendAsync(SmtpListener server, params OutgoingMail[] mails) => SendAsync(new MailOptions { Server = server.Address }, mails);

    private static async Task SendAsync(MailOptions options, params OutgoingMail[] mails)
    {
        using var connections = new SmtpConnections(Options.Create(options), TimeProvider.System);
        var sender = new SmtpSender(Options.Create(options));
        foreach (var mail in mails)
        {
            using var place = await connections.TakePlaceAsync(CancellationToken.None);
            await sender.SendAsync(mail, place, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>One header, unfolded.</summary>
    private static string HeaderOf(string mail, string name)
    {
        var headers = mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return headers.Split("\r\n").Single(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
    }

    private static IEnumerable<string> EncodedWord(string header) => Regex
        .Matches(header, @"=\?utf-8\?B\?(?<base64>[^?]+)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        .Select(match => Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["base64"].Value)));
}
