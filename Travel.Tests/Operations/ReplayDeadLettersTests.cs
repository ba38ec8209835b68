using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;
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
            await Should.ThrowAsync<IOException>(() => new ReplayDeadLetters(dying, broker, TimeProvider.System).AllAsync(Topology.UrgentMail.Name, actorId: null, CancellationToken.None));
        }

        await AllArriveAsync(booking, ToGuestAndHost + Letters);
        (await StatesAsync(ids)).ShouldBe([DeadLetterState.Waiting]);

        await using var db = await graph.DatabaseAsync();
        (await new ReplayDeadLetters(db, broker, TimeProvider.System).AllAsync(Topology.UrgentMail.Name, actorId: null, CancellationToken.None)).ShouldBeGreaterThanOrEqualTo(Letters);

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

        var outcome = await new ReplayDeadLetters(db, broker, TimeProvider.System).OneAsync(letter.Id, Guid.NewGuid(), CancellationToken.None);

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
            db => new ReplayDeadLetters(db, broker, TimeProvider.System).AllAsync(Topology.UrgentMail.Name, actorId: null, CancellationToken.None)));

        replayed.Sum().ShouldBe(Letters);
        await AllArriveAsync(booking, ToGuestAndHost + Letters);
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
