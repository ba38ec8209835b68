using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Operations;
using Travel.Domain.Messaging;

namespace Travel.Api.Operations;

internal static class QueueExamples
{
    private static readonly DateTimeOffset Now = ListingExamples.Now;

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new QueuesResponse(
            Now,
            IsBrokerThere: true,
            new RelayResponse(Backlog: 2, LagSeconds: 0.004, PublishedPerSecond: 4.2, Refused: 1),
            [new QueueResponse(
                Topology.QueueNames[0], Ready: 3, Retrying: 1, Dead: 1, Consumers: 2,
                PublishedPerSecond: 4.2, TakenPerSecond: 4.21, DonePerSecond: 4.2, RetriedPerSecond: 0.007, GivenUpPerSecond: 0.003)],
            [new WorkerResponse("worker-1", Now.AddSeconds(-3), IsAlive: true)])),
        Example.Of(new QueueHistoryResponse(
            Now.AddHours(-3),
            Now,
            MinutesPerPoint: 1,
            [new QueueHistory(
                Topology.QueueNames[0],
                [new QueuePoint(Now.AddMinutes(-1), Ready: 3, Retrying: 1, Dead: 1, Consumers: 2, Published: 252, Taken: 253, Done: 252, Retried: 1, GivenUp: 0)])])),
    ];
}
