using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

[Collection(TravelGraph.Outages)]
public sealed class DeadLetterEndpointsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = "/api/v1/operations/dead-letters";
    private const string Personal = """{"bookingId":"01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8","guestName":"Sara","said":"write to sara@example.org"}""";

    [Fact]
    public async Task A_dead_letter_tells_everything_but_who_it_was_about()
    {
        var id = await BuryAsync(Personal, properties =>
        {
            properties.Headers![MessageHeaders.Error] = "SmtpException: sara@example.org is not known"u8.ToArray();
            properties.Headers["guest-phone"] = "+251911234567"u8.ToArray();
            properties.Headers["x-first-death-reason"] = "delivery_limit"u8.ToArray();
            properties.Headers["hint"] = "see sara@example.org"u8.ToArray();
        });

        var letter = await house.ReadAsync<DeadLetterResponse>($"{Address}/{id}");

        (letter.Queue, letter.RoutingKey, letter.State, letter.Attempts, letter.Replays).ShouldBe((Topology.QueueNames[0], AddressVerificationRequested.RoutingKey, DeadLetterState.Waiting, 6, 0));
        letter.Error.ShouldBe("SmtpException: *** is not known");
        letter.Headers.ToDictionary(header => header.Name, header => header.Value).ShouldBe(
            new Dictionary<string, string> { ["guest-phone"] = "***", ["hint"] = "see ***", ["x-first-death-reason"] = "delivery_limit", [MessageHeaders.Attempt] = "5", [MessageHeaders.Error] = "SmtpException: *** is not known" },
            ignoreOrder: true);
        letter.Body.ShouldContain("01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8");
        letter.Body.ShouldNotContain("Sara", Case.Insensitive);
        letter.SizeBytes.ShouldBe(Encoding.UTF8.GetByteCount(Personal));
        (await ListAsync("?limit=100")).Items.Single(item => item.Id == id).ShouldBeEquivalentTo(letter);
    }

    [Fact]
    public async Task Of_a_long_body_the_beginning_is_shown_and_of_what_is_no_text_nothing()
    {
        var @long = await house.ReadAsync<DeadLetterResponse>($"{Address}/{await BuryAsync(new string('é', 100_000))}");
        var binary = await house.ReadAsync<DeadLetterResponse>($"{Address}/{await BuryAsync([0xff, 0xfe, 0x00])}");

        (@long.SizeBytes, @long.Body.Length).ShouldBe((200_000, 8 * 1024));
        (binary.SizeBytes, binary.Body).ShouldBe((3, ""));
        // Not to be replayed by another test: a worker would try them for an hour.
        (await DropAsync(@long.Id, "It was a test.")).Dispose();
        (await DropAsync(binary.Id, "It was a test.")).Dispose();
    }

    [Fact]
    public async Task They_are_paged_newest_first_and_those_of_a_queue_or_in_a_state_can_be_had_alone()
    {
        var other = Topology.QueueNames[^1];
        var ids = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            ids.Add(await BuryAsync("{}", queue: other));
        }

        // Those of one millisecond are in no order.
        ids.Sort();
        var first = await ListAsync($"?queue={other}&limit=2");
        var second = await ListAsync($"?queue={other}&limit=2&cursor={Uri.EscapeDataString(first.Next!)}");

        first.Items.Concat(second.Items).Select(letter => letter.Id).ShouldBe(Enumerable.Reverse(ids));
        second.Next.ShouldBeNull();
        using var dropped = await DropAsync(ids[1], "Nobody needs it.");
        dropped.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ListAsync($"?queue={other}")).Items.Select(letter => letter.Id).ShouldBe([ids[2], ids[0]]);
        (await ListAsync($"?queue={other}&state=dropped")).Items.ShouldHaveSingleItem().Id.ShouldBe(ids[1]);
        (await ListAsync($"?queue={other}&state=replayed")).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?queue=elsewhere", "queue")]
    [InlineData("?state=Waiting", "state")]
    [InlineData("?state=7", "state")]
    [InlineData("?limit=101&cursor=nonsense&queue=", "limit", "cursor", "queue")]
    [InlineData("?status=waiting", "status")]
    public async Task What_is_asked_for_in_vain_is_said(string query, params string[] fields)
    {
        using var answer = await house.Operator.GetAsync(Address + query);

        await answer.ShouldBeInvalidAsync(fields);
    }

    [Fact]
    public async Task One_that_is_replayed_says_who_did_it_and_is_not_replayed_again()
    {
        var id = await BuryAsync("""{"userId":null}""");

        using var answer = await house.Operator.PostAsync($"{Address}/{id}/replay", content: null);
        using var again = await house.Operator.PostAsync($"{Address}/{id}/replay", content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var letter = (await answer.Content.ReadFromJsonAsync<DeadLetterResponse>(TravelJson.Options))!;
        (letter.State, letter.SettledBy, letter.SettledAt is not null, letter.Reason).ShouldBe((DeadLetterState.Replayed, house.Person.DisplayName, true, null));
        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "dead-letter-settled");
        (await AuditOfAsync($"{id}")).ShouldBe(["dead-letter-replayed "]);
    }

    [Fact]
    public async Task One_that_is_dropped_says_why_and_is_neither_replayed_nor_dropped_any_more()
    {
        var id = await BuryAsync("{}");

        using var answer = await DropAsync(id, "It was a test.");
        using var replay = await house.Operator.PostAsync($"{Address}/{id}/replay", content: null);
        using var again = await DropAsync(id, "It was a test.");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        await replay.ShouldBeProblemAsync(HttpStatusCode.Conflict, "dead-letter-settled");
        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "dead-letter-settled");
        var letter = await house.ReadAsync<DeadLetterResponse>($"{Address}/{id}");
        (letter.State, letter.SettledBy, letter.Reason).ShouldBe((DeadLetterState.Dropped, house.Person.DisplayName, "It was a test."));
        (await AuditOfAsync($"{id}")).ShouldBe(["dead-letter-dropped It was a test."]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  -  ")]
    [InlineData("Nobody\u202eneeds it.")]
    public async Task Nothing_is_dropped_without_a_reason(string reason)
    {
        var id = await BuryAsync("{}");

        using var answer = await DropAsync(id, reason);

        await answer.ShouldBeInvalidAsync("reason");
        (await house.ReadAsync<DeadLetterResponse>($"{Address}/{id}")).State.ShouldBe(DeadLetterState.Waiting);
    }

    [Fact]
    public async Task All_of_a_queue_are_replayed_and_those_of_another_are_not()
    {
        var mine = new[] { await BuryAsync("""{"userId":null}"""), await BuryAsync("""{"userId":null}""") };
        var other = await BuryAsync("{}", queue: Topology.QueueNames[^1]);
        var waiting = await house.AskAsync(db => db.DeadLetters.CountAsync(letter => letter.Queue == Topology.QueueNames[0] && letter.State == DeadLetterState.Waiting));

        using var answer = await house.Operator.PostAsJsonAsync($"{Address}/replay", new ReplayDeadLettersRequest(Topology.QueueNames[0]), TravelJson.Options);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await answer.Content.ReadFromJsonAsync<ReplayDeadLettersResponse>(TravelJson.Options))!.Replayed.ShouldBe(waiting);
        var states = await house.AskAsync(db => db.DeadLetters.Where(letter => mine.Contains(letter.Id) || letter.Id == other).OrderBy(letter => letter.Id).Select(letter => letter.State).ToListAsync());
        states.ShouldBe([DeadLetterState.Replayed, DeadLetterState.Replayed, DeadLetterState.Waiting]);
        (await AuditOfAsync($"{waiting} of {Topology.QueueNames[0]}")).ShouldContain("dead-letters-replayed ");
        (await DropAsync(other, "It was a test.")).Dispose();
    }

    [Fact]
    public async Task Nothing_is_replayed_into_a_queue_that_is_none()
    {
        using var answer = await house.Operator.PostAsJsonAsync($"{Address}/replay", new ReplayDeadLettersRequest("elsewhere"), TravelJson.Options);

        await answer.ShouldBeInvalidAsync("queue");
    }

    [Fact]
    public async Task One_that_is_not_there_can_be_neither_seen_nor_settled()
    {
        var id = Guid.NewGuid();
        using var seen = await house.Operator.GetAsync($"{Address}/{id}");
        using var replayed = await house.Operator.PostAsync($"{Address}/{id}/replay", content: null);
        using var dropped = await DropAsync(id, "It was a test.");

        foreach (var answer in new[] { seen, replayed, dropped })
        {
            await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    private Task<Guid> BuryAsync(string body, Action<BasicProperties>? change = null, string? queue = null) => BuryAsync(Encoding.UTF8.GetBytes(body), change, queue);

    /// <summary>Written down as the worker does. Replayed, it is a message that calls for nothing.</summary>
    private async Task<Guid> BuryAsync(byte[] body, Action<BasicProperties>? change = null, string? queue = null)
    {
        var properties = new BasicProperties
        {
            MessageId = $"{Guid.NewGuid()}", Type = AddressVerificationRequested.RoutingKey, Headers = new Dictionary<string, object?> { [MessageHeaders.Attempt] = 5 },
        };
        change?.Invoke(properties);
        var letter = DeadLetter.Of(queue ?? Topology.QueueNames[0], properties, body, TimeProvider.System.GetUtcNow());
        (await house.AskAsync(db => new RecordDeadLetter(db).ExecuteAsync(letter, CancellationToken.None))).ShouldBeTrue();
        return letter.Id;
    }

    private Task<Page<DeadLetterResponse>> ListAsync(string query) => house.ReadAsync<Page<DeadLetterResponse>>(Address + query);

    private Task<HttpResponseMessage> DropAsync(Guid id, string reason) => house.Operator.DeleteJsonAsync($"{Address}/{id}", new DropDeadLetterRequest(reason));

    private Task<List<string>> AuditOfAsync(string subject) => house.AskAsync(db => db.Audit
        .Where(entry => entry.Subject == subject && entry.ActorId == house.Person.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action + " " + entry.Reason).ToListAsync());
}
