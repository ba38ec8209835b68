using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Contracts.Schedules;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Schedules;

[Collection(TravelGraph.Collection)]
public sealed class RunJobTests(TravelGraph graph)
{
    private const string Worker = "this test";
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero));
    private readonly string name = $"test-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_run_is_recorded_with_what_it_was_about_and_how_long_it_took()
    {
        await RunAsync(() =>
        {
            clock.Now += TimeSpan.FromSeconds(3);
            return 7;
        });

        var run = (await RunsAsync()).ShouldHaveSingleItem();
        (run.Outcome, run.Items, run.Error, run.Worker, run.Cause).ShouldBe((JobOutcome.Succeeded, 7, null, Worker, JobCause.Schedule));
        (run.FinishedAt - run.StartedAt).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_recorded_as_that()
    {
        var seen = new List<JobOutcome>();

        await RunAsync(() =>
        {
            seen.AddRange(RunsAsync().GetAwaiter().GetResult().Select(run => run.Outcome));
            return 0;
        });

        seen.ShouldBe([JobOutcome.Running]);
    }

    [Fact]
    public async Task A_run_that_fails_says_why_in_few_words_and_the_next_one_runs()
    {
        await RunAsync(() => throw new InvalidOperationException("Too bad." + new string('!', 2000)));
        clock.Now += TimeSpan.FromSeconds(1);
        await RunAsync(() => 1);

        var runs = await RunsAsync();
        runs.Select(run => run.Outcome).ShouldBe([JobOutcome.Failed, JobOutcome.Succeeded]);
        runs[0].Error.ShouldNotBeNull().ShouldStartWith("InvalidOperationException: Too bad.");
        runs[0].Error!.Length.ShouldBe(JobRun.LongestError);
    }

    [Fact]
    public async Task What_a_dead_worker_left_running_is_abandoned_when_the_next_run_begins()
    {
        await using (var db = await graph.DatabaseAsync())
        {
            db.JobRuns.Add(new JobRun
            {
                Id = Guid.CreateVersion7(clock.Now.AddHours(-1)), Job = name, Cause = JobCause.Schedule, Worker = "a dead one", StartedAt = clock.Now.AddHours(-1), Outcome = JobOutcome.Running,
            });
            await db.SaveChangesAsync();
        }

        await RunAsync(() => 0, JobCause.Recovery);

        var runs = await RunsAsync();
        runs.Select(run => (run.Outcome, run.Cause)).ShouldBe([(JobOutcome.Abandoned, JobCause.Schedule), (JobOutcome.Succeeded, JobCause.Recovery)]);
        runs[0].FinishedAt.ShouldBe(clock.Now);
    }

    [Theory]
    [InlineData(JobCause.Schedule, 0)]
    [InlineData(JobCause.Request, 1)]
    public async Task A_paused_job_runs_for_a_person_and_not_for_the_clock(JobCause cause, int runs)
    {
        await using (var db = await graph.DatabaseAsync())
        {
            db.Jobs.Add(new JobState { Name = name, PausedAt = clock.Now });
            await db.SaveChangesAsync();
        }

        await RunAsync(() => 0, cause);

        (await RunsAsync()).Count.ShouldBe(runs);
    }

    [Fact]
    public async Task When_it_runs_next_is_known_from_then_on()
    {
        await RunAsync(() => 0);

        await using var db = await graph.DatabaseAsync();
        (await db.Jobs.Where(job => job.Name == name).Select(job => job.NextRunAt).SingleAsync()).ShouldBe(clock.Now.AddHours(1));
    }

    private async Task RunAsync(Func<int> work, JobCause cause = JobCause.Schedule)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var db = await graph.DatabaseAsync();
        var job = new Job(name, "Only in this test.", "0 0 0 1 1 ?", typeof(object), (_, _) => Task.FromResult(work()));
        await new RunJob(db, services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<RunJob>.Instance)
            .ExecuteAsync(job, cause, Worker, clock.Now.AddHours(1), CancellationToken.None);
    }

    private async Task<List<JobRun>> RunsAsync()
    {
        await using var db = await graph.DatabaseAsync();
        return await db.JobRuns.AsNoTracking().Where(run => run.Job == name).OrderBy(run => run.Id).ToListAsync();
    }
}
