using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Schedules;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Schedules;

namespace Travel.Api.Schedules;

/// <summary>What operators see of the jobs and may do with them. The workers run them; here wishes are written down.</summary>
internal static class JobEndpoints
{
    private const string RunList = "job-runs";

    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/operations/jobs").WithTags("Schedules")
            .RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        jobs.MapGet("", ListAsync).WithName("ListJobs").WithSummary("All jobs, with their last run").AcceptsQuery();
        jobs.MapGet("/{name}/runs", RunsAsync).WithName("ListJobRuns").WithSummary("The runs of a job, newest first").AcceptsQuery("limit", "cursor").Refuses(ProblemTypes.NotFound);
        jobs.MapPost("/{name}/run", RunAsync).WithName("RunJob").WithSummary("Run a job now").Refuses(ProblemTypes.NotFound)
            .Shows(JobExamples.Requested).Sends("Location");
        jobs.MapPut("/{name}/pause", PauseAsync).WithName("PauseJob").WithSummary("Take a job off the clock, or put it back").Refuses(ProblemTypes.NotFound);
    }

    /// <summary>One page: there are as many as the table of jobs has lines.</summary>
    private static async Task<Ok<Page<JobResponse>>> ListAsync(TravelDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<JobResponse>(await ReadAsync(db, Jobs.All, cancellationToken), Next: null));

    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    private static async Task<Results<Ok<Page<JobRunResponse>>, ValidationProblem, ProblemHttpResult>> RunsAsync(
        string name, int? limit, string? cursor, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(RunList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        if (Jobs.Find(name) is null)
        {
            return NoSuchJob();
        }

        var runs = await db.JobRuns.AsNoTracking().Where(run => run.Job == name && (after == Guid.Empty || run.Id < after))
            .OrderByDescending(run => run.Id).Take(size + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Cut(RunList, runs, size, run => run.Id, ToResponse));
    }

    private static async Task<Results<Accepted<JobResponse>, ProblemHttpResult>> RunAsync(
        string name, ClaimsPrincipal caller, RequestJobRun request, TravelDbContext db, CancellationToken cancellationToken) =>
        await request.ExecuteAsync(name, caller.UserId(), cancellationToken)
            ? TypedResults.Accepted("/api/v1/operations/jobs", await ReadAsync(db, name, cancellationToken))
            : NoSuchJob();

    private static async Task<Results<Ok<JobResponse>, ProblemHttpResult>> PauseAsync(
        string name, PauseJobRequest request, ClaimsPrincipal caller, PauseJob pause, TravelDbContext db, CancellationToken cancellationToken) =>
        await pause.ExecuteAsync(name, request.Paused, caller.UserId(), cancellationToken)
            ? TypedResults.Ok(await ReadAsync(db, name, cancellationToken))
            : NoSuchJob();

    private static ProblemHttpResult NoSuchJob() => Problems.NotFound("There is no such job.");

    private static async Task<JobResponse> ReadAsync(TravelDbContext db, string name, CancellationToken cancellationToken) =>
        (await ReadAsync(db, [Jobs.Find(name)!], cancellationToken))[0];

    private static async Task<List<JobResponse>> ReadAsync(TravelDbContext db, IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var names = jobs.Select(job => job.Name).ToArray();
        var states = await db.Jobs.AsNoTracking().Where(state => names.Contains(state.Name))
            .ToDictionaryAsync(state => state.Name, StringComparer.Ordinal, cancellationToken);
        // One look-up in the index for each job: there are a million runs. Asked for "=", PostgreSQL may walk all of them backwards instead
        // in search of a job that has none.
        var runs = await db.JobRuns
            .FromSql(
                $"""
                SELECT last.* FROM unnest({names}) AS wanted (job)
                CROSS JOIN LATERAL (SELECT * FROM job_runs WHERE job_runs.job BETWEEN wanted.job AND wanted.job ORDER BY job DESC, id DESC LIMIT 1) last
                """)
            .AsNoTracking()
            .ToDictionaryAsync(run => run.Job, StringComparer.Ordinal, cancellationToken);
        return [.. jobs.Select(job => ToResponse(job, states.GetValueOrDefault(job.Name), runs.GetValueOrDefault(job.Name)))];
    }

    private static JobResponse ToResponse(Job job, JobState? state, JobRun? last) => new(
        job.Name,
        job.Description,
        state?.Cron,
        state?.TimeZone,
        state?.Enabled,
        state?.PausedAt,
        state?.PausedAt is null ? state?.NextRunAt : null,
        state?.RunRequestedAt,
        last is null ? null : ToResponse(last));

    private static JobRunResponse ToResponse(JobRun run) => new(
        run.Outcome, run.Cause, run.StartedAt, run.FinishedAt, (run.FinishedAt - run.StartedAt)?.TotalSeconds, run.Items, run.Error, run.Worker);
}
