using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(TravelGraph.Outages)]
public sealed class ReplayDeadLettersTests(TravelGraph graph)
{
    /// <summary>What the booking itself calls for.</summary>
    private const int ToGuestAndHost = 2;

    private static readonly TimeSpan AfterAnOutage = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_command_gives_every_dead_letter_back_to_its_queue_where_it_is_worked_off()
    {
        // More than are given back at once.
        const int Letters = 120;
        var booking = await BookedAsync();
        var before = await graph.DeadLettersAsync();
        await graph.BuryAsync(booking, Letters);

        var result = await graph.CommandAsync(ResourceNames.Messaging, DevelopmentCommands.ReplayDeadLetters);

        result.Success.ShouldBeTrue(result.Message);
        result.Message.ShouldBe($"{before + Letters} dead letters are back in their queue.");
        await AllArriveAsync(booking, ToGuestAndHost + Letters);
        (await graph.DeadLettersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task With_the_broker_away_nothing_is_given_back_and_nothing_is_lost()
    {
        const int Letters = 20;
        var booking = await BookedAsync();
        var ids = await graph.BuryAsync(booking, Letters);
        await graph.KillAsync(ResourceNames.Messaging);

        var inVain = await graph.CommandAsync(ResourceNames.Messaging, DevelopmentCommands.ReplayDeadLetters);

        inVain.Success.ShouldBeFalse();
        (await StatesAsync(ids)).ShouldBe([DeadLetterState.Waiting]);
        await graph.StartAsync(ResourceNames.Messaging);
        var result = await graph.CommandAsync(ResourceNames.Messaging, DevelopmentCommands.ReplayDeadLetters);
        result.Success.ShouldBeTrue(result.Message);
        await AllArriveAsync(booking, ToGuestAndHost + Letters);
        (await StatesAsync(ids)).ShouldBe([DeadLetterState.Replayed]);
    }

    [Fact]
    public async Task A_replay_that_dies_between_the_queue_and_its_note_loses_none_and_mails_nothing_twice()
    {
        const int Letters = 5;
        var booking = await BookedAsync();
        var ids = await graph.BuryAsync(booking, Letters);
        await using var broker = await graph.OwnBrokerAsync();
        await using (var dying = await graph.DatabaseAsync(new DiesBeforeItsNote()))
        {
            await Should.ThrowAsync<IOException>(() => Replay(dying, broker).AllAsync(Topology.UrgentMail.Name, actorId: null, CancellationToken.None));
        }

        await AllArriveAsync(booking, ToGuestAndHost + Letters);
        (await StatesAsync(ids)).ShouldBe([DeadLetterState.Waiting]);

        await using var db = await graph.DatabaseAsync();
        (await Replay(db, broker).AllAsync(Topology.UrgentMail.Name, actorId: null, CancellationToken.None)).Replayed.ShouldBeGreaterThanOrEqualTo(Letters);

        (await StatesAsync(ids)).ShouldBe([DeadLetterState.Replayed]);
        await Eventually.GetAsync(
            async () => (await new QueueDepths(broker).ReadAsync(CancellationToken.None)).Sum(depth => depth.Ready), ready => ready == 0, AfterAnOutage, "Empty queues");
        (await graph.Mailbox.MailsAboutAsync(booking.Reference)).Count.ShouldBe(ToGuestAndHost + Letters);
    }

    [Fact]
    public async Task When_the_answer_to_the_commit_is_lost_the_letter_is_replayed_and_nobody_else_did_it()
    {
        var booking = await BookedAsync();
        var id = (await graph.BuryAsync(booking, letters: 1)).Single();
        await using var broker = await graph.OwnBrokerAsync();
        await using var db = await new LostCommit().DatabaseAsync(graph);
        var letter = await graph.DeadLetterAsync(id);

        var outcome = await Replay(db, broker).OneAsync(letter.Id, Guid.NewGuid(), CancellationToken.None);

        outcome.ShouldBe(SettleDeadLetterOutcome.Settled);
        (await StatesAsync([id])).ShouldBe([DeadLetterState.Replayed]);
        await AllArriveAsync(booking, ToGuestAndHost + 1);
    }

    [Fact]
    public async Task Two_operators_who_replay_all_at_the_same_time_replay_each_letter_once()
    {
        const int Letters = 150;
        var booking = await BookedAsync();
        await graph.BuryAsync(booking, Letters);
        await using var broker = await graph.OwnBrokerAsync();
        await using var one = await graph.DatabaseAsync();
        await using var other = await graph.DatabaseAsync();

        var replayed = await Task.WhenAll(new[] { one, other }.Select(
            db => Replay(db, broker).AllAsync(Topology.UrgentMail.Name, actorId: null, CancellationToken.None)));

        (replayed.Sum(all => all.Replayed), replayed.Sum(all => all.Failed)).ShouldBe((Letters, 0));
        await AllArriveAsync(booking, ToGuestAndHost + Letters);
    }

    [Fact]
    public async Task What_the_broker_does_not_take_is_tried_once_and_is_in_nobodys_way()
    {
        // Among the first that are tried together, and among the last.
        int[] unreadable = [3, 130];
        const int TooLong = 5;
        const int Letters = 150;
        var queue = new ConsumerQueue($"test.{Guid.NewGuid():N}", "Test", []);
        await using var connection = await graph.BrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Topology.DeclareAsync(channel, queue, CancellationToken.None);
        await using var db = await graph.DatabaseAsync();
        db.DeadLetters.AddRange(Enumerable.Range(0, Letters).Select(number => Letter(queue, number, number switch
        {
            // The broker hangs up on whoever sends it such a thing.
            TooLong => $$"""{"long":"{{new string('a', 500_000)}}"}""",
            _ when unreadable.Contains(number) => "It is no JSON.",
            _ => "{}",
        })));
        await db.SaveChangesAsync();
        await using var broker = await graph.OwnBrokerAsync();

        var all = await Replay(db, broker).AllAsync(queue.Name, actorId: null, CancellationToken.None);

        var left = await db.DeadLetters.Where(letter => letter.Queue == queue.Name && letter.State == DeadLetterState.Waiting).OrderBy(letter => letter.Id).Select(letter => letter.MessageId).ToListAsync();
        var there = await channel.MessageCountAsync(queue.Name);
        await db.DeadLetters.Where(letter => letter.Queue == queue.Name).ExecuteDeleteAsync();
        await channel.DeleteAsync(queue);
        all.ShouldBe(new ReplayedLetters(Letters - unreadable.Length - 1, unreadable.Length + 1));
        left.ShouldBe(["m-3", "m-5", "m-130"]);
        there.ShouldBeGreaterThanOrEqualTo((uint)all.Replayed);
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

    private static ReplayDeadLetters Replay(TravelDbContext db, Broker broker) => new(db, broker, TimeProvider.System, NullLogger<ReplayDeadLetters>.Instance);

    private async Task<BookingResponse> BookedAsync()
    {
        using var guest = await graph.GuestAsync();
        return await guest.BookedAsync(await graph.Stays.FreeAsync());
    }

    private Task AllArriveAsync(BookingResponse booking, int mails) => Eventually.GetAsync(
        async () =>
        {
            await using var db = await graph.DatabaseAsync();
            var sent = await db.Mails.CountAsync(mail => mail.BookingId == booking.Id && mail.Status == MailStatus.Sent);
            var arrived = (await graph.Mailbox.MailsAboutAsync(booking.Reference)).Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal).Count();
            return (sent, arrived);
        },
        seen => seen == (mails, mails),
        AfterAnOutage,
        $"The {mails} mails about {booking.Reference}");

    private static DeadLetter Letter(ConsumerQueue queue, int number, string headers)
    {
        var diedAt = TimeProvider.System.GetUtcNow().AddHours(-1).AddSeconds(number);
        return new DeadLetter
        {
            Id = Guid.CreateVersion7(diedAt), Queue = queue.Name, MessageId = $"m-{number}", Replays = 0, Headers = headers, Body = [], Attempts = 6, DiedAt = diedAt,
        };
    }

    private async Task<IReadOnlyList<DeadLetterState>> StatesAsync(IEnumerable<Guid> messageIds)
    {
        var ids = messageIds.Select(id => id.ToString()).ToList();
        await using var db = await graph.DatabaseAsync();
        return await db.DeadLetters.Where(letter => ids.Contains(letter.MessageId)).Select(letter => letter.State).Distinct().ToListAsync();
    }

    private sealed class DiesBeforeItsNote : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => throw new IOException("It died here.");
    }
}
