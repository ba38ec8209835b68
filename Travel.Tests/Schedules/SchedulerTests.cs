using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using Travel.Contracts.Schedules;
using Travel.Domain;
using Travel.Domain.Idempotency;
using Travel.Domain.Outbox;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;
using Travel.Worker.Schedules;

namespace Travel.Tests.Schedules;

/// <summary>Schedulers as the worker has them, several over one database that is theirs alone.</summary>
[Collection(DatabaseServer.Collection)]
public sealed class SchedulerTests(DatabaseServer server) : IAsyncLifetime
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);
    private const string EverySecond = "* * * * * ?";
    private TravelDbContext db = null!;

    public async Task InitializeAsync() => db = await SeededDatabase.EmptyAsync(server, $"scheduled_{Guid.NewGuid():N}");

    public async Task DisposeAsync()
    {
        await db.Database.EnsureDeletedAsync();
        await db.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_workers_one_runs_a_job_at_its_time_and_when_one_goes_the_other_goes_on()
    {
        await using var one = await StartAsync(("Schedules:Heartbeat:Cron", EverySecond));
        await using var other = await StartAsync(("Schedules:Heartbeat:Cron", EverySecond));
        // Times that passed while the two were starting are made up for one after the other.
        await Eventually.GetAsync(NextAsync, next => next > TimeProvider.System.GetUtcNow().UtcTicks, AtMost, "No time that is still to be made up for");
        var before = (await RunsAsync("heartbeat")).Count;
        var watch = Stopwatch.StartNew();
        await EventuallyRunsAsync("heartbeat", runs => runs.Count >= before + 10);

        await one.StopAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        var together = await RunsAsync("heartbeat");
        await EventuallyRunsAsync("heartbeat", runs => runs.Count >= together.Count + 2);

        ((double)(together.Count - before)).ShouldBeLessThanOrEqualTo(seconds + 3);
        together.ShouldAllBe(run => run.Outcome == JobOutcome.Succeeded && run.Cause == JobCause.Schedule);

        Task<long> NextAsync() => db.Database.SqlQuery<long>($"SELECT next_fire_time AS \"Value\" FROM qrtz_triggers WHERE trigger_name = 'heartbeat'").SingleAsync();
    }

    [Fact]
    public async Task Times_that_were_missed_while_no_worker_lived_are_made_up_for_once()
    {
        await (await StartAsync()).DisposeAsync();
        (await RunsAsync("prune-outbox")).ShouldBeEmpty();
        await db.Database.ExecuteSqlAsync(
            $"UPDATE qrtz_triggers SET next_fire_time = next_fire_time - {TimeSpan.TicksPerDay * 3} WHERE trigger_name = 'prune-outbox'");

        await using var again = await StartAsync();

        await EventuallyRunsAsync("prune-outbox", runs => runs.Count > 0);
        await again.StopAsync();
        (await RunsAsync("prune-outbox")).ShouldHaveSingleItem().Outcome.ShouldBe(JobOutcome.Succeeded);
    }

    [Fact]
    public async Task Every_job_makes_up_for_what_was_missed()
    {
        await using var worker = await StartAsync();

        var misfires = await db.Database.SqlQuery<string>(
            $"SELECT trigger_name || ' ' || misfire_instr AS \"Value\" FROM qrtz_triggers WHERE trigger_type = 'CRON'").ToListAsync();

        misfires.ShouldBe(Jobs.All.Select(job => $"{job.Name} {(int)CronTriggerMisfireInstruction.FireAndProceed}"), ignoreOrder: true);
    }

    [Fact]
    public async Task A_job_that_the_settings_switch_off_runs_by_hand_alone()
    {
        await using var worker = await StartAsync(("Schedules:Heartbeat:Cron", EverySecond), ("Schedules:Heartbeat:Enabled", "false"));

        await new RequestJobRun(db, TimeProvider.System).ExecuteAsync("heartbeat", actorId: null, CancellationToken.None);

        await EventuallyRunsAsync("heartbeat", runs => runs.Any(run => run.Outcome == JobOutcome.Succeeded));
        (await RunsAsync("heartbeat")).ShouldAllBe(run => run.Cause == JobCause.Request);
        (await db.Jobs.AsNoTracking().SingleAsync(job => job.Name == "heartbeat")).ShouldSatisfyAllConditions(
            job => job.Enabled.ShouldBe(false), job => job.NextRunAt.ShouldBeNull());
    }

    [Fact]
    public async Task Other_settings_are_other_times_from_the_next_start_on()
    {
        await (await StartAsync()).DisposeAsync();

        await using var worker = await StartAsync(("Schedules:PruneOutbox:Cron", "0 0 12 1 1 ?"), ("Schedules:PruneOutbox:TimeZone", "Africa/Addis_Ababa"));

        await Eventually.GetAsync(
            async () => (await db.Jobs.AsNoTracking().SingleAsync(job => job.Name == "prune-outbox")).NextRunAt!.Value.UtcDateTime,
            next => (next.Month, next.Day, next.TimeOfDay) == (1, 1, TimeSpan.FromHours(9)), AtMost, "The next time");
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_stop_ends_what_it_is_at_first()
    {
        await using var worker = await StartAsync();
        await using var blocking = await BlockPruningAsync();
        await new RequestJobRun(db, TimeProvider.System).ExecuteAsync("prune-idempotency-keys", actorId: null, CancellationToken.None);
        await EventuallyRunsAsync("prune-idempotency-keys", runs => runs.Count == 1);

        var stopping = worker.StopAsync();
        // Longer than a scheduler takes to stop that waits for nothing.
        await Should.ThrowAsync<TimeoutException>(() => stopping.WaitAsync(TimeSpan.FromSeconds(4)));
        (await RunsAsync("prune-idempotency-keys")).ShouldHaveSingleItem().Outcome.ShouldBe(JobOutcome.Running);
        await blocking.Database.RollbackTransactionAsync();
        await stopping.WaitAsync(AtMost);

        (await RunsAsync("prune-idempotency-keys")).ShouldHaveSingleItem().Outcome.ShouldBe(JobOutcome.Succeeded);
    }

    [Theory]
    [InlineData("Schedules:PruneOutbox:Cron", "every day")]
    [InlineData("Schedules:PruneOutbox:Cron", "10 3 * * *")]
    [InlineData("Schedules:PruneOutbox:TimeZone", "Middle/Earth")]
    public async Task Times_that_cannot_be_read_are_said_at_the_start(string setting, string value)
    {
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync((setting, value)));

        refusal.Message.ShouldContain(setting);
    }

    private async Task<TravelDbContext> BlockPruningAsync()
    {
        var blocking = await OpenAsync();
        db.IdempotencyKeys.Add(new IdempotencyKey { CallerId = Guid.NewGuid(), Key = "old", RequestHash = new byte[32], Response = "{}", CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
        await blocking.Database.BeginTransactionAsync();
        await blocking.Database.ExecuteSqlAsync($"SELECT 1 FROM idempotency_keys FOR UPDATE");
        return blocking;
    }

    private async Task<WebApplication> StartAsync(params (string Setting, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:traveldb"] = db.Database.GetConnectionString();
        foreach (var (setting, value) in settings)
        {
            builder.Configuration[setting] = value;
        }

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDbContext<TravelDbContext>(options => options.UseNpgsql(db.Database.GetConnectionString()));
        builder.Services.AddOptions<OutboxOptions>();
        builder.Services.AddSchedules();
        builder.AddScheduler();
        var worker = builder.Build();
        await worker.StartAsync();
        var known = await Eventually.GetAsync(() => db.Jobs.CountAsync(job => job.Cron != null), jobs => jobs == Jobs.All.Count, AtMost, "All jobs scheduled");
        known.ShouldBe(Jobs.All.Count);
        return worker;
    }

    private async Task<TravelDbContext> OpenAsync()
    {
        var opened = new TravelDbContext(new DbContextOptionsBuilder<TravelDbContext>().UseNpgsql(db.Database.GetConnectionString()).Options);
        await opened.Database.OpenConnectionAsync();
        return opened;
    }

    private Task<List<JobRun>> EventuallyRunsAsync(string job, Func<List<JobRun>, bool> good) =>
        Eventually.GetAsync(() => RunsAsync(job), good, AtMost, $"The runs of {job}");

    private Task<List<JobRun>> RunsAsync(string job) => db.JobRuns.AsNoTracking().Where(run => run.Job == job).OrderBy(run => run.Id).ToListAsync();
}
