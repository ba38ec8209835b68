using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Travel.Bench.Smtp;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;

namespace Travel.Tests.Bench;

public sealed class MailSinkTests
{
    private static readonly SetClock Clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Of_a_mail_it_keeps_the_id_and_when_it_came()
    {
        await using var sink = new MailSink(Clock);
        using var sender = await Sender.ConnectAsync(sink.Address);

        (await sender.SayAsync("EHLO me", lines: 2)).ShouldBe("250-bench\n250 8BITMIME");
        (await sender.SayAsync("MAIL FROM:<a@example.org>")).ShouldBe("250 sender");
        (await sender.SayAsync("RCPT TO:<b@example.org>")).ShouldBe("250 recipient");
        (await sender.SayAsync("RCPT TO:<c@example.org>")).ShouldBe("250 recipient");
        (await sender.SayAsync("DATA")).ShouldStartWith("354");
        (await sender.SayAsync("Subject: x\r\nmessage-id: <1@test>\r\n\r\nMessage-ID: <2@test>\r\n..\r\n.")).ShouldBe("250 taken");
        (await sender.SayAsync("QUIT")).ShouldBe("221 bye");

        sink.Arrivals().ShouldBe([new Arrival("<1@test>", DateTimeOffset.UnixEpoch)]);
    }

    [Fact]
    public async Task An_id_may_stand_on_a_line_of_its_own()
    {
        await using var sink = new MailSink(Clock);
        using var sender = await Sender.ConnectAsync(sink.Address);

        await sender.SendAsync("Message-ID:\r\n <1@test>\r\nSubject: x\r\n\r\n.");

        sink.Arrivals().ShouldHaveSingleItem().MessageId.ShouldBe("<1@test>");
    }

    [Fact]
    public async Task One_connection_brings_many_mails_and_what_is_reset_is_none()
    {
        await using var sink = new MailSink(Clock);
        using var sender = await Sender.ConnectAsync(sink.Address);

        await sender.SendAsync("Message-ID: <1@test>\r\n\r\nhello\r\n.");
        await sender.SayAsync("MAIL FROM:<a@example.org>");
        (await sender.SayAsync("RSET")).ShouldBe("250 bench");
        (await sender.SayAsync("DATA")).ShouldBe("503 not now");
        await sender.SendAsync("Message-ID: <2@test>\r\n\r\nhello\r\n.");

        sink.Arrivals().Select(arrival => arrival.MessageId).ShouldBe(["<1@test>", "<2@test>"]);
        sink.Arrivals(skip: 1).ShouldHaveSingleItem().MessageId.ShouldBe("<2@test>");
    }

    [Theory]
    [InlineData("RCPT TO:<b@example.org>", "503")]
    [InlineData("DATA", "503")]
    [InlineData("VRFY b", "500")]
    [InlineData("", "500")]
    public async Task Commands_out_of_order_or_unknown_are_refused(string command, string code)
    {
        await using var sink = new MailSink(Clock);
        using var sender = await Sender.ConnectAsync(sink.Address);

        (await sender.SayAsync(command)).ShouldStartWith(code);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_told_from_others_is_not_taken()
    {
        await using var sink = new MailSink(Clock);
        using var sender = await Sender.ConnectAsync(sink.Address);

        (await sender.SendAsync("Subject: x\r\n\r\nhello\r\n.")).ShouldBe("554 no Message-ID");
        sink.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Who_hangs_up_in_the_middle_of_a_mail_has_sent_none_and_disturbs_nobody()
    {
        await using var sink = new MailSink(Clock);
        using (var sender = await Sender.ConnectAsync(sink.Address))
        {
            await sender.SayAsync("EHLO me", lines: 2);
            await sender.SayAsync("MAIL FROM:<a@example.org>");
            await sender.SayAsync("RCPT TO:<b@example.org>");
            await sender.SayAsync("DATA");
        }

        using var another = await Sender.ConnectAsync(sink.Address);
        await another.SendAsync("Message-ID: <1@test>\r\n\r\n.");

        sink.Arrivals().ShouldHaveSingleItem().MessageId.ShouldBe("<1@test>");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_Worker_sends_is_recognised_by_event_and_kind(bool acknowledgesAtOnce)
    {
        await using var sink = new MailSink(Clock) { AcknowledgesAtOnce = acknowledgesAtOnce };
        var options = Options.Create(new MailOptions { Server = sink.Address, WebAddress = new Uri("http://localhost") });
        var sent = new MailId(Guid.NewGuid(), BookingForHost.Kind);

        using var connections = new SmtpConnections(options, TimeProvider.System);
        using var place = await connections.TakePlaceAsync(CancellationToken.None);
        await new SmtpSender(options).SendAsync(
            new OutgoingMail(sent.ToString(), "b@example.org", "Sara", "Subject", "<p>Hello</p>", "Hello", Calendar: null), place, CancellationToken.None);

        MailId.TryParse(sink.Arrivals().ShouldHaveSingleItem().MessageId, out var id).ShouldBeTrue();
        id.ShouldBe(sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<1@test>")]
    [InlineData("<0192f0c1000170038000000000000001>")]
    [InlineData("<0192f0c1-0001-7003-8000-000000000001.booking-confirmed@travel.test>")]
    public void What_is_not_made_of_event_and_kind_is_no_mail_of_ours(string messageId) => MailId.TryParse(messageId, out _).ShouldBeFalse();

    private sealed class Sender : IDisposable
    {
        private readonly TcpClient client;
        private readonly StreamReader reader;

        private Sender(TcpClient client) => (this.client, reader) = (client, new StreamReader(client.GetStream(), Encoding.ASCII));

        public static async Task<Sender> ConnectAsync(Uri server)
        {
            var connection = new TcpClient();
            await connection.ConnectAsync(server.Host, server.Port);
            var sender = new Sender(connection);
            (await sender.reader.ReadLineAsync()).ShouldBe("220 bench");
            return sender;
        }

        public async Task<string> SayAsync(string text, int lines = 1)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"));
            var answer = new List<string?>();
            while (answer.Count < lines)
            {
                answer.Add(await reader.ReadLineAsync());
            }

            return string.Join('\n', answer);
        }

        public async Task<string> SendAsync(string mail)
        {
            await SayAsync("HELO me");
            await SayAsync("MAIL FROM:<a@example.org>");
            await SayAsync("RCPT TO:<b@example.org>");
            await SayAsync("DATA");
            return await SayAsync(mail);
        }

        public void Dispose()
        {
            reader.Dispose();
            client.Dispose();
        }
    }
}
