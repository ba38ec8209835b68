using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Schedules;
using Travel.Domain.Accounts;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Schedules;

[Collection(TravelGraph.Collection)]
public sealed class JobEndpointsTests(TravelGraph graph)
{
    private const string Address = "/api/v1/operations/jobs";
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_job_is_listed_with_its_times()
    {
        using var caller = await graph.OperatorAsync();

        var jobs = await ListAsync(caller);

        jobs.Select(job => (job.Name, job.Description)).ShouldBe(Jobs.All.Select(job => (job.Name, job.Description)));
        jobs.ShouldAllBe(job => job.TimeZone == "Etc/UTC" && job.Enabled == true);
        jobs.Select(job => job.Cron).ShouldBe(Jobs.All.Select(job => TravelGraph.Sooner.GetValueOrDefault(job.Setting, job.DefaultCron)));
        jobs.Where(job => job.PausedAt is null).ShouldAllBe(job => job.NextRunAt > TimeProvider.System.GetUtcNow().AddMinutes(-1));
    }

    [Fact]
    public async Task A_job_that_an_operator_wants_to_run_runs_at_once_and_says_what_came_of_it()
    {
        var person = await graph.PersonAsync(Role.Operator);
        using var caller = graph.As(person);
        var before = (await GetAsync(caller, "prune-refresh-tokens")).LastRun?.StartedAt;

        using var answer = await caller.PostAsync($"{Address}/prune-refresh-tokens/run", content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = await Eventually.GetAsync(
            () => GetAsync(caller, "prune-refresh-tokens"), seen => seen.LastRun is { FinishedAt: not null } run && run.StartedAt != before, AtMost, "The run that was asked for");
        (job.LastRun!.Outcome, job.LastRun.Cause, job.RunRequestedAt).ShouldBe((JobOutcome.Succeeded, JobCause.Request, null));
        job.LastRun.Duration.ShouldNotBeNull().ShouldBeInRange(0, 30);
        (await AuditOfAsync(person)).ShouldBe(["job-run prune-refresh-tokens"]);
    }

    [Fact]
    public async Task A_paused_job_has_no_next_time_until_it_is_resumed_and_it_is_known_who_did_it()
    {
        const string Job = "prune-job-runs";
        var person = await graph.PersonAsync(Role.Operator);
        using var caller = graph.As(person);

        var paused = await PauseAsync(caller, Job, paused: true);
        var again = await PauseAsync(caller, Job, paused: true);
        var resumed = await PauseAsync(caller, Job, paused: false);

        (paused.PausedAt is not null, paused.NextRunAt).ShouldBe((true, null));
        again.PausedAt.ShouldBe(paused.PausedAt);
        (resumed.PausedAt, resumed.NextRunAt is not null).ShouldBe((null, true));
        (await AuditOfAsync(person)).ShouldBe([$"job-paused {Job}", $"job-resumed {Job}"]);
    }

    [Fact]
    public async Task The_runs_of_a_job_are_told_newest_first_page_by_page()
    {
        const string Job = "prune-gateway-notices";
        // Older and younger than whatever the worker does meanwhile.
        var past = new DateTimeOffset(2020, 1, 1, 3, 28, 0, TimeSpan.Zero);
        await using var db = await graph.DatabaseAsync();
        db.JobRuns.AddRange(
            Run(Job, past, JobOutcome.Failed),
            Run(Job, past.AddDays(1), JobOutcome.Succeeded),
            Run("prune-photos", past.AddDays(1), JobOutcome.Succeeded));
        await db.SaveChangesAsync();
        using var caller = await graph.OperatorAsync();

        var seen = new List<JobRunResponse>();
        var cursor = "";
        do
        {
            var page = (await caller.GetFromJsonAsync<Page<JobRunResponse>>($"{Address}/{Job}/runs?limit=1{cursor}", TravelJson.Options))!;
            seen.Add(page.Items.ShouldHaveSingleItem());
            cursor = page.Next is null ? "" : "&cursor=" + Uri.EscapeDataString(page.Next);
        }
        while (cursor.Length > 0);

        seen.Select(run => run.StartedAt).ShouldBeInOrder(SortDirection.Descending);
        seen.TakeLast(2).Select(run => (run.StartedAt, run.Outcome, run.Items, run.Error, run.Duration)).ShouldBe(
            [(past.AddDays(1), JobOutcome.Succeeded, 3, null, 2), (past, JobOutcome.Failed, null, "Too bad.", 2)]);
        await db.JobRuns.Where(run => run.StartedAt < past.AddDays(2)).ExecuteDeleteAsync();
    }

    [Theory]
    [InlineData("GET", "no-such-job/runs", null)]
    [InlineData("POST", "no-such-job/run", null)]
    [InlineData("PUT", "no-such-job/pause", """{"paused":true}""")]
    public async Task A_job_that_is_not_in_the_table_is_not_there(string method, string path, string? body)
    {
        using var caller = await graph.OperatorAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Address}/{path}")
        {
            Content = body is null ? null : new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };

        using var answer = await caller.SendAsync(request);

        await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Every_job_has_a_button_in_the_dashboard()
    {
        using var caller = await graph.OperatorAsync();
        var asked = TimeProvider.System.GetUtcNow();

        foreach (var job in Jobs.All)
        {
            var result = await graph.CommandAsync(ResourceNames.Worker, DevelopmentCommands.RunJob + job.Name);
            result.Success.ShouldBeTrue(result.Message);
        }

        // All of them: one that still ran could delete rows of the test after this one.
        var jobs = await Eventually.GetAsync(
            () => ListAsync(caller), seen => seen.All(job => job.LastRun is { FinishedAt: not null } run && run.StartedAt > asked), AtMost, "The runs that the buttons asked for");
        // One that does not come by itself meanwhile.
        jobs.Single(job => job.Name == "prune-account-tokens").LastRun!.Cause.ShouldBe(JobCause.Request);
    }

    private static async Task<JobResponse> PauseAsync(HttpClient caller, string job, bool paused)
    {
        using var answer = await caller.PutAsJsonAsync($"{Address}/{job}/pause", new PauseJobRequest(paused), TravelJson.Options);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JobResponse>(TravelJson.Options))!;
    }

    private static async Task<JobResponse> GetAsync(HttpClient caller, string name) => (await ListAsync(caller)).Single(job => job.Name == name);

    private static async Task<IReadOnlyList<JobResponse>> ListAsync(HttpClient caller) =>
        (await caller.GetFromJsonAsync<Page<JobResponse>>(Address, TravelJson.Options))!.Items;

    private static JobRun Run(string job, DateTimeOffset at, JobOutcome outcome) => new()
    {
        Id = Guid.CreateVersion7(at),
        Job = job,
        Cause = JobCause.Schedule,
        Worker = "this test",
        StartedAt = at,
        FinishedAt = at.AddSeconds(2),
        Outcome = outcome,
        Items = outcome == JobOutcome.Succeeded ? 3 : null,
        Error = outcome == JobOutcome.Failed ? "Too bad." : null,
    };

    private async Task<List<string>> AuditOfAsync(User person)
    {
        await using var db = await graph.DatabaseAsync();
        return await db.Audit.Where(entry => entry.ActorId == person.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action + " " + entry.Subject).ToListAsync();
    }
}
