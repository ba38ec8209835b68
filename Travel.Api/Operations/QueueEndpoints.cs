using Microsoft.AspNetCore.Http.HttpResults;
using RabbitMQ.Client.Exceptions;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Messaging;
using Travel.Domain.Outbox;

namespace Travel.Api.Operations;

/// <summary>What operators see of the way from a change to the work it calls for.</summary>
internal static class QueueEndpoints
{
    public const int MostHours = 7 * 24;
    public const int UsualHours = 3;

    /// <summary>An operator is not to wait for a broker that is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapQueues(this IEndpointRouteBuilder api)
    {
        var queues = api.MapGroup("/operations/queues").WithTags("Operations").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        queues.MapGet("", GetAsync).WithName("GetQueues").WithSummary("The queues, the relay and the workers at this moment").AcceptsQuery();
        queues.MapGet("/history", HistoryAsync).WithName("GetQueueHistory").WithSummary("How the queues were over the last hours").AcceptsQuery("hours");
    }

    private static async Task<Ok<QueuesResponse>> GetAsync(TravelDbContext db, QueueDepths depths, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var seen = await LookAsync(depths, clock, cancellationToken);
        var backlog = await OutboxBacklog.MeasureAsync(db, now, cancellationToken);
        var dead = await db.CountDeadLettersAsync(cancellationToken);
        var rates = await QueueReads.RatesAsync(db, now, cancellationToken);
        return TypedResults.Ok(new QueuesResponse(
            now,
            seen is not null,
            new RelayResponse(backlog.Messages, backlog.Lag.TotalSeconds, PerSecond(rates.GetValueOrDefault(QueueMinute.Outbox)?.Done), backlog.Refused),
            [.. Topology.QueueNames.Select(queue => ToResponse(
                queue, seen?.First(depth => depth.Queue == queue), dead.GetValueOrDefault(queue), rates.GetValueOrDefault(queue)))],
            await QueueReads.WorkersAsync(db, now, cancellationToken)));
    }

    private static async Task<Results<Ok<QueueHistoryResponse>, ValidationProblem>> HistoryAsync(
        int? hours, TravelDbContext db, TimeProvider clock, CancellationToken cancellationToken) =>
        hours is < 1 or > MostHours
            ? Problems.Invalid("hours", $"Between 1 and {MostHours}.")
            : TypedResults.Ok(await QueueReads.HistoryAsync(db, clock.GetUtcNow(), hours ?? UsualHours, cancellationToken));

    /// <returns>Null when the broker does not answer in time.</returns>
    private static async Task<IReadOnlyList<QueueDepth>?> LookAsync(QueueDepths depths, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await depths.ReadAsync(either.Token);
        }
        catch (Exception exception) when (
            exception is BrokerUnreachableException or OperationInterruptedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static QueueResponse ToResponse(string queue, QueueDepth? depth, long waiting, QueueReads.Flow? flow) => new(
        queue,
        depth?.Ready,
        depth?.Retrying,
        waiting + (depth?.Dead ?? 0),
        depth?.Consumers,
        PerSecond(flow?.Published),
        PerSecond(flow?.Taken),
        PerSecond(flow?.Done),
        PerSecond(flow?.Retried),
        PerSecond(flow?.GivenUp));

    private static double PerSecond(long? messages) => Math.Round((messages ?? 0) / QueueReads.RateOver.TotalSeconds, 3);
}
