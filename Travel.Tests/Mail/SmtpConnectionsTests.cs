using System.Net.Mail;
using Microsoft.Extensions.Options;
using Travel.Tests.Fixtures;
using Travel.Worker.Mail;

namespace Travel.Tests.Mail;

public sealed class SmtpConnectionsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));
    private SmtpConnections? connections;

    public void Dispose() => connections?.Dispose();

    [Fact]
    public async Task A_connection_is_kept_for_the_next_mail()
    {
        await using var server = new SmtpListener();

        await SendAsync(server);
        await SendAsync(server);

        server.Mails.Count.ShouldBe(2);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_whose_mail_was_not_taken_is_not_used_again()
    {
        await using var server = new SmtpListener().Answers("RCPT", "250 ok", "451 later");

        await SendAsync(server);
        await Should.ThrowAsync<SmtpException>(() => SendAsync(server));
        await SendAsync(server);

        server.Mails.Count.ShouldBe(2);
        server.Connections.ShouldBe(2);
    }

    [Theory]
    [InlineData(SmtpListener.HangsUp)]
    [InlineData("421 you have been idle for too long")]
    public async Task A_server_that_has_hung_up_between_two_mails_gets_the_second_over_a_new_connection(string goodbye)
    {
        await using var server = new SmtpListener().Answers("MAIL", "250 ok", goodbye);

        await SendAsync(server);
        await SendAsync(server);

        server.Mails.Count.ShouldBe(2);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_hangs_up_on_whoever_calls_is_called_once()
    {
        await using var server = new SmtpListener().Answers(SmtpListener.Greeting, SmtpListener.HangsUp);

        await Should.ThrowAsync<SmtpException>(() => SendAsync(server));

        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_nobody_needs_is_closed_and_one_that_was_just_used_is_not()
    {
        await using var server = new SmtpListener();
        await SendAsync(server);
        clock.Pass(TimeSpan.FromSeconds(29));

        connections!.CloseIdle();
        await SendAsync(server);
        server.Connections.ShouldBe(1);

        clock.Pass(TimeSpan.FromSeconds(30));
        connections.CloseIdle();
        await Eventually.GetAsync(() => Task.FromResult(server.Commands), said => said[^1] == "QUIT", Patience, "A goodbye");
        await SendAsync(server);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_is_let_go_of_after_a_hundred_mails()
    {
        await using var server = new SmtpListener();
        foreach (var _ in Enumerable.Range(0, 100))
        {
            await SendAsync(server);
        }

        server.Connections.ShouldBe(1);
        await SendAsync(server);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task No_more_connections_are_open_than_may_be()
    {
        await using var server = new SmtpListener();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(server, most: 2)));

        server.Mails.Count.ShouldBe(20);
        server.Connections.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_server_that_has_a_mail_and_does_not_say_so_is_hung_up_on_and_not_given_it_again()
    {
        await using var server = new SmtpListener().Answers(SmtpListener.Mail, SmtpListener.Taken, SmtpListener.SaysNothing);
        using var givingUp = new CancellationTokenSource();
        await SendAsync(server);

        var second = SendAsync(server, givingUp: givingUp.Token);
        await Eventually.GetAsync(() => Task.FromResult(server.Mails), mails => mails.Count == 2, Patience, "The second mail");
        await givingUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await SendAsync(server);
        server.Mails.Count.ShouldBe(3);
        server.Connections.ShouldBe(2);
    }

    private async Task SendAsync(SmtpListener server, int most = 8, CancellationToken givingUp = default)
    {
        connections ??= new SmtpConnections(Options.Create(new MailOptions { Server = server.Address, MostConnections = most }), clock);
        using var message = new MailMessage("stays@travel.test", "sara@example.org", "Your stay is booked", "Hello");
        using var place = await connections.TakePlaceAsync(CancellationToken.None);
        await place.SendAsync(message, givingUp).WaitAsync(Patience, CancellationToken.None);
    }
}
