using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Contracts.Errands;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Errands;
using Travel.Tests.Fixtures;
using Travel.Worker.Errands;

namespace Travel.Tests.Errands;

/// <summary>No worker is there: what becomes of an errand is up to the test.</summary>
[Collection(TravelGraph.Outages)]
public sealed class ErrandEndpointsTests(OperatorHouse house) : IClassFixture<OperatorHouse>
{
    private const string Address = "/api/v1/operations/errands";
    private static readonly RequestErrandRequest Export = new(ErrandKind.LedgerExport, new DateOnly(2026, 1, 1), new DateOnly(2026, 6, 30));

    [Fact]
    public async Task What_an_operator_asks_for_waits_for_a_worker_who_is_told_and_it_is_known_who_asked()
    {
        var (person, caller) = await house.SomebodyAsync(Role.Operator);

        using var answer = await AskAsync(Export, by: caller);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var errand = (await answer.Content.ReadFromJsonAsync<ErrandResponse>(TravelJson.Options))!;
        answer.Headers.Location.ShouldBe(new Uri($"{Address}/{errand.Id}", UriKind.Relative));
        (errand.Kind, errand.From, errand.To, errand.State, errand.Attempts, errand.AskedBy).ShouldBe(
            (ErrandKind.LedgerExport, Export.From, Export.To, ErrandState.Waiting, 0, person.DisplayName));
        var read = await house.ReadAsync<ErrandResponse>($"{Address}/{errand.Id}");
        read.ShouldBe(errand with { CreatedAt = read.CreatedAt });
        (await MessagesOfAsync(errand.Id)).ShouldBe(["errand.requested"]);
        (await AuditOfAsync(person)).ShouldBe([$"errand-requested ledger-export {errand.Id}"]);
        caller.Dispose();
    }

    [Fact]
    public async Task Asked_again_with_the_same_key_it_is_the_same_errand_and_another_one_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        var errand = await AskedAsync(Export, key);

        (await AskedAsync(Export, key)).ShouldBe(errand);
        using var other = await AskAsync(new RequestErrandRequest(ErrandKind.PhotoCheck), key);

        await other.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await MessagesOfAsync(errand.Id)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"kind":"ledgerExport"}""", "from", "to")]
    [InlineData("""{"kind":"ledgerExport","from":"2026-02-01","to":"2026-01-01"}""", "to")]
    [InlineData("""{"kind":"ledgerExport","from":"2020-01-01","to":"2022-01-01"}""", "to")]
    [InlineData("""{"kind":"ledgerExport","from":"2026-01-01","to":"9999-12-31"}""", "to")]
    [InlineData("""{"kind":"photoCheck","from":"2026-01-01"}""", "from")]
    [InlineData("""{"kind":"spring-cleaning"}""", "kind")]
    [InlineData("""{"kind":"photoCheck","days":3}""", "days")]
    public async Task What_no_worker_could_do_is_refused(string body, params string[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var answer = await house.Operator.SendAsync(request);

        await answer.ShouldBeInvalidAsync(fields);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked_for()
    {
        using var answer = await house.Operator.PostAsJsonAsync(Address, Export, TravelJson.Options);

        await answer.ShouldBeInvalidAsync("Idempotency-Key");
    }

    [Fact]
    public async Task They_are_listed_page_by_page_newest_first()
    {
        Guid[] asked = [(await AskedAsync(Export)).Id, (await AskedAsync(Export)).Id, (await AskedAsync(Export)).Id];

        var first = await house.ReadAsync<Page<ErrandResponse>>(Address + "?limit=2");
        var second = await house.ReadAsync<Page<ErrandResponse>>($"{Address}?limit=1&cursor={first.Next}");

        first.Items.Concat(second.Items).Select(errand => errand.Id).ShouldBe(asked.Reverse());
        using var answer = await house.Operator.GetAsync(Address + "?limit=0&cursor=" + (await house.ReadAsync<Page<AuditResponse>>("/api/v1/operations/audit?limit=1")).Next);
        await answer.ShouldBeInvalidAsync("limit", "cursor");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/file")]
    [InlineData("POST", "/cancellation")]
    public async Task One_that_is_not_there_is_not_found(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Address}/{Guid.NewGuid()}{path}");

        using var answer = await house.Operator.SendAsync(request);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_file_can_be_had_when_the_errand_is_done_and_not_before_and_is_whole()
    {
        var errand = await AskedAsync(new RequestErrandRequest(ErrandKind.PhotoCheck));
        // More than one part of it.
        var lines = Enumerable.Range(0, 9).Select(number => $"{number}" + new string('x', 1_000_000)).ToList();

        await RunAsync(errand.Id, async (run, token) =>
        {
            foreach (var line in lines)
            {
                run.Write(line);
                await run.AdvanceAsync(1, line[..1], token);
            }

            using var early = await house.Operator.GetAsync($"{Address}/{errand.Id}/file", token);
            await early.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        });
        var done = await house.ReadAsync<ErrandResponse>($"{Address}/{errand.Id}");
        using var answer = await house.Operator.GetAsync(done.File.ShouldNotBeNull().Url);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=result.csv");
        answer.Content.Headers.ContentLength.ShouldBe(done.File.SizeBytes);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync()).ShouldBe(string.Concat(lines.Select(line => line + "\r\n")));
        (done.State, done.Summary, done.File.Name, done.StepsDone).ShouldBe((ErrandState.Done, ScriptedWork.Result.Summary, "result.csv", 9));
    }

    [Fact]
    public async Task A_cancelled_errand_is_over_however_often_it_is_cancelled_and_it_is_known_who_did_it()
    {
        var (person, caller) = await house.SomebodyAsync(Role.Operator);
        var errand = await AskedAsync(Export);

        var (once, twice) = (await CancelAsync(), await CancelAsync());

        (once.State, once.EndedAt is not null).ShouldBe((ErrandState.Cancelled, true));
        twice.ShouldBe(once);
        (await AuditOfAsync(person)).ShouldBe([$"errand-cancelled ledger-export {errand.Id}"]);
        caller.Dispose();

        async Task<ErrandResponse> CancelAsync()
        {
            using var answer = await caller.PostAsync($"{Address}/{errand.Id}/cancellation", content: null);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            return (await answer.Content.ReadFromJsonAsync<ErrandResponse>(TravelJson.Options))!;
        }
    }

    [Fact]
    public async Task What_is_done_is_not_cancelled_any_more()
    {
        var errand = await AskedAsync(new RequestErrandRequest(ErrandKind.PhotoCheck));
        await RunAsync(errand.Id, (_, _) => Task.CompletedTask);

        using var answer = await house.Operator.PostAsync($"{Address}/{errand.Id}/cancellation", content: null);

        await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "errand-over");
    }

    private Task<HttpResponseMessage> AskAsync(RequestErrandRequest errand, string? key = null, HttpClient? by = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = JsonContent.Create(errand, options: TravelJson.Options) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return (by ?? house.Operator).SendAsync(request);
    }

    private async Task<ErrandResponse> AskedAsync(RequestErrandRequest errand, string? key = null)
    {
        using var answer = await AskAsync(errand, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<ErrandResponse>(TravelJson.Options))!;
    }

    private Task<int> RunAsync(Guid errand, Func<ErrandRun, CancellationToken, Task> script) => house.AskAsync(async db =>
    {
        var claims = new ErrandClaims(db, Options.Create(new ErrandOptions()), TimeProvider.System);
        await new RunErrand(claims, [new ScriptedWork(script)], TimeProvider.System, NullLogger<RunErrand>.Instance).ExecuteAsync(errand, CancellationToken.None);
        return 0;
    });

    private Task<List<string>> MessagesOfAsync(Guid errand) => house.AskAsync(db =>
        db.Outbox.Where(message => message.Body.Contains(errand.ToString())).Select(message => message.RoutingKey).ToListAsync());

    private Task<List<string>> AuditOfAsync(User person) => house.AskAsync(db =>
        db.Audit.Where(entry => entry.ActorId == person.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action + " " + entry.Subject).ToListAsync());
}
