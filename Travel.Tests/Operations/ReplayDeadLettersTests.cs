using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(TravelGraph.Collection)]
public sealed class ReplayDeadLettersTests(TravelGraph graph)
{
    /// <summary>What the booking itself calls for.</summary>
    private const int ToGuestAndHost = 2;

    private static readonly TimeSpan AfterAnOutage = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_command_gives_every_dead_letter_back_to_its_queue_where_it_is_worked_off()
    {
        const int Letters = 20;
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        await graph.BuryAsync(booking, Letters);

        var result = await graph.CommandAsync(ResourceNames.Messaging, DevelopmentCommands.ReplayDeadLetters);

        result.Success.ShouldBeTrue(result.Message);
        result.Message.ShouldBe($"{Letters} dead letters are back in their queue.");
        await AllArriveAsync(booking, ToGuestAndHost + Letters);
        (await graph.DeadLettersAsync()).ShouldBe(0u);
    }

    [Fact]
    public async Task A_replay_that_the_broker_cuts_off_loses_none()
    {
        const int Letters = 300;
        using var guest = await graph.GuestAsync();
        var booking = await guest.BookedAsync(await graph.Stays.FreeAsync());
        await graph.BuryAsync(booking, Letters);

        var cutOff = graph.CommandAsync(ResourceNames.Messaging, DevelopmentCommands.ReplayDeadLetters);
        await Eventually.GetAsync(graph.DeadLettersAsync, left => left < Letters, AfterAnOutage, "A replay under way");
        await graph.KillAsync(ResourceNames.Messaging);
        (await cutOff).Success.ShouldBeFalse();
        await graph.StartAsync(ResourceNames.Messaging);

        // The letter that the first replay had in hand comes back a moment after the broker.
        await Eventually.GetAsync(
            async () =>
            {
                var again = await graph.CommandAsync(ResourceNames.Messaging, DevelopmentCommands.ReplayDeadLetters);
                again.Success.ShouldBeTrue(again.Message);
                return await MailsAsync(booking);
            },
            mails => mails == (ToGuestAndHost + Letters, ToGuestAndHost + Letters),
            AfterAnOutage,
            $"The mails about {booking.Reference}");
    }

    [Fact]
    public async Task However_often_a_replay_fails_the_letter_stays()
    {
        const string Dead = "test.dead";
        const string Target = "test";
        await using var connection = await graph.BrokerAsync();
        await using var channel = await ConfirmedAsync(connection);
        await DeclareAsync(channel, Dead);
        await channel.BasicPublishAsync("", Dead, mandatory: true, new BasicProperties { Headers = new Dictionary<string, object?> { ["ours"] = 1, ["x-travel-attempt"] = 5 } }, "x"u8.ToArray());

        for (var attempt = 0; attempt < 3 * Topology.DeliveryLimit; attempt++)
        {
            await Eventually.GetAsync(() => channel.MessageCountAsync(Dead), there => there == 1, AfterAnOutage, $"The letter after {attempt} attempts");
            await using var failing = await ConfirmedAsync(connection);
            await Should.ThrowAsync<PublishException>(() => ReplayDeadLetters.MoveAsync(failing, Dead, Target, CancellationToken.None));
        }

        await Eventually.GetAsync(() => channel.MessageCountAsync(Dead), there => there == 1, AfterAnOutage, "The letter after all attempts");
        await DeclareAsync(channel, Target);
        (await ReplayDeadLetters.MoveAsync(channel, Dead, Target, CancellationToken.None)).ShouldBe(1);
        var letter = (await channel.BasicGetAsync(Target, autoAck: true)).ShouldNotBeNull();
        var headers = letter.BasicProperties.Headers.ShouldNotBeNull();
        headers.ShouldContainKey("ours");
        headers.ShouldNotContainKey("x-travel-attempt");
        await channel.QueueDeleteAsync(Dead);
        await channel.QueueDeleteAsync(Target);
    }

    [Theory]
    [InlineData(DevelopmentCommands.ReplayDeadLetters)]
    [InlineData(DevelopmentCommands.ResetDemoData)]
    public async Task Nobody_but_the_AppHost_gives_commands(string command)
    {
        using var client = graph.App.CreateHttpClient(ResourceNames.Worker, "http");
        client.DefaultRequestHeaders.Add(DevelopmentCommands.KeyHeader, "guess");

        using var answer = await client.PostAsync(DevelopmentCommands.Path + command, content: null);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    private Task AllArriveAsync(BookingResponse booking, int mails) => Eventually.GetAsync(
        () => MailsAsync(booking), seen => seen == (mails, mails), AfterAnOutage, $"The {mails} mails about {booking.Reference}");

    private async Task<(int Sent, int Arrived)> MailsAsync(BookingResponse booking)
    {
        await using var db = await graph.DatabaseAsync();
        var sent = await db.Mails.CountAsync(mail => mail.BookingId == booking.Id && mail.Status == MailStatus.Sent);
        var arrived = (await graph.Mailbox.MailsAboutAsync(booking.Reference)).Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count();
        return (sent, arrived);
    }

    private static Task<IChannel> ConfirmedAsync(IConnection connection) =>
        connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));

    private static Task<QueueDeclareOk> DeclareAsync(IChannel channel, string queue) => channel.QueueDeclareAsync(
        queue, durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = Topology.DeliveryLimit });
}
