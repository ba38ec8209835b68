using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Schedules;
using Travel.Domain.Idempotency;
using Travel.Domain.Schedules;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Schedules;

[Collection(TravelGraph.Outages)]
public sealed class RecoveryTests(TravelGraph graph)
{
    private const string Job = "prune-idempotency-keys";
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_a_worker_was_at_when_it_was_killed_is_run_again()
    {
        await using var db = await graph.DatabaseAsync();
        db.IdempotencyKeys.Add(new IdempotencyKey { CallerId = Guid.NewGuid(), Key = "old", RequestHash = new byte[32], Response = "{}", CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();
        await using var blocking = await graph.DatabaseAsync();
        await using var held = await blocking.Database.BeginTransactionAsync();
        await blocking.Database.ExecuteSqlAsync($"SELECT 1 FROM idempotency_keys WHERE created_at = {DateTimeOffset.UnixEpoch} FOR UPDATE");
        await new RequestJobRun(db, TimeProvider.System).ExecuteAsync(Job, actorId: null, CancellationToken.None);
        var running = await Eventually.GetAsync(LastAsync, run => run?.Outcome == JobOutcome.Running, AtMost, "The job under way");

        await graph.KillAsync(ResourceNames.Worker);
        await held.RollbackAsync();
        await graph.StartAsync(ResourceNames.Worker);

        var last = await Eventually.GetAsync(LastAsync, run => run is { Outcome: JobOutcome.Succeeded } && run.Id != running!.Id, AtMost, "The job run again");
        last!.Cause.ShouldBe(JobCause.Recovery);
        (await db.JobRuns.AsNoTracking().SingleAsync(run => run.Id == running!.Id)).Outcome.ShouldBe(JobOutcome.Abandoned);

        async Task<JobRun?> LastAsync() => await db.JobRuns.AsNoTracking().Where(run => run.Job == Job).OrderByDescending(run => run.Id).FirstOrDefaultAsync();
    }
}
