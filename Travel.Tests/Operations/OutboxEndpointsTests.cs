using System.Net;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain.Outbox;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Operations;

/// <summary>No relay is in the house: what becomes of a message that is due is its own tests' matter.</summary>
[Collection(TravelGraph.Outages)]
public sealed class OutboxEndpointsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = "/api/v1/operations/outbox";
    private const string Unwanted = "test.unwanted";
    private readonly DateTimeOffset tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

    [Fact]
    public async Task A_refused_message_tells_everything_but_who_it_was_about()
    {
        var id = await RefusedAsync("""{"bookingId":"01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8","guestName":"Sara"}""");

        var message = await house.ReadAsync<RefusedMessageResponse>($"{Address}/{id}");

        (message.RoutingKey, message.State, message.Attempts, message.Error).ShouldBe((Unwanted, RefusedMessageState.Waiting, 4, "No queue wants it."));
        message.NextAttemptAt!.Value.ShouldBe(tomorrow, TimeSpan.FromMilliseconds(1));
        message.Body.ShouldContain("01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8");
        message.Body.ShouldNotContain("Sara");
    }

    [Fact]
    public async Task Those_that_wait_are_paged_newest_first_and_no_others_are_among_them()
    {
        var ids = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            ids.Add(await RefusedAsync("{}"));
        }

        await RefusedAsync("{}", published: true);
        await RefusedAsync("{}", attempts: 0);

        var first = await house.ReadAsync<Page<RefusedMessageResponse>>($"{Address}?limit=2");
        var second = await house.ReadAsync<Page<RefusedMessageResponse>>($"{Address}?limit=1&cursor={Uri.EscapeDataString(first.Next!)}");

        first.Items.Concat(second.Items).Select(message => message.Id).ShouldBe(ids.OrderDescending());
    }

    [Fact]
    public async Task One_that_an_operator_wants_tried_is_due_at_once()
    {
        var id = await RefusedAsync("{}");

        using var answer = await house.Operator.PostAsync($"{Address}/{id}/attempt", content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var message = await house.ReadAsync<RefusedMessageResponse>($"{Address}/{id}");
        (message.State, message.Attempts, message.NextAttemptAt).ShouldBe((RefusedMessageState.Waiting, 4, null));
        (await AuditOfAsync(id)).ShouldBe(["outbox-message-tried "]);
    }

    [Fact]
    public async Task One_that_is_dropped_says_why_and_is_neither_tried_nor_dropped_any_more()
    {
        var id = await RefusedAsync("{}");

        using var answer = await DropAsync(id, "It was a test.");
        using var attempt = await house.Operator.PostAsync($"{Address}/{id}/attempt", content: null);
        using var again = await DropAsync(id, "It was a test.");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        await attempt.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refused-message-settled");
        await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refused-message-settled");
        var dropped = await house.ReadAsync<RefusedMessageResponse>($"{Address}/{id}");
        (dropped.State, dropped.NextAttemptAt, dropped.DroppedBy, dropped.Reason, dropped.SettledAt is not null)
            .ShouldBe((RefusedMessageState.Dropped, null, house.Person.DisplayName, "It was a test.", true));
        (await house.ReadAsync<Page<RefusedMessageResponse>>($"{Address}?limit=100")).Items.ShouldNotContain(message => message.Id == id);
        (await AuditOfAsync(id)).ShouldBe(["outbox-message-dropped It was a test."]);
    }

    [Fact]
    public async Task Nothing_is_dropped_without_a_reason_and_nothing_that_was_never_refused()
    {
        var refused = await RefusedAsync("{}");
        var fresh = await RefusedAsync("{}", attempts: 0);

        using var unreasoned = await DropAsync(refused, " - ");
        using var unrefused = await DropAsync(fresh, "It was a test.");
        using var tried = await house.Operator.PostAsync($"{Address}/{fresh}/attempt", content: null);

        await unreasoned.ShouldBeInvalidAsync("reason");
        await unrefused.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await tried.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private async Task<Guid> RefusedAsync(string body, int attempts = 4, bool published = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        var message = new OutboxMessage
        {
            Id = Guid.CreateVersion7(now), RoutingKey = Unwanted, Body = body, CreatedAt = now, Attempts = attempts, NotBefore = tomorrow, LastError = "No queue wants it.",
            PublishedAt = published ? now : null,
        };
        await house.AskAsync(db =>
        {
            db.Outbox.Add(message);
            return db.SaveChangesAsync();
        });
        return message.Id;
    }

    private Task<HttpResponseMessage> DropAsync(Guid id, string reason) => house.Operator.DeleteJsonAsync($"{Address}/{id}", new DropRefusedMessageRequest(reason));

    private Task<List<string>> AuditOfAsync(Guid id) => house.AskAsync(db => db.Audit
        .Where(entry => entry.Subject == $"{Unwanted} {id}" && entry.ActorId == house.Person.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action + " " + entry.Reason).ToListAsync());
}
