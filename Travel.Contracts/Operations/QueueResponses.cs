namespace Travel.Contracts.Operations;

/// <summary>What lies in the queues at this moment and what goes through them, from a change's promise to its work.</summary>
/// <param name="IsBrokerThere">False when RabbitMQ does not answer; what it alone knows is null then.</param>
/// <param name="Items">Every queue that is consumed.</param>
/// <param name="Workers">Those that are alive, and those that have died and whose work no other has taken over yet.</param>
public sealed record QueuesResponse(DateTimeOffset At, bool IsBrokerThere, RelayResponse Relay, IReadOnlyList<QueueResponse> Items, IReadOnlyList<WorkerResponse> Workers);

/// <summary>A queue. Numbers per second are of the last five whole minutes, on average.</summary>
/// <param name="Ready">Messages that wait to be handed out. Those that are handed out and not answered yet are in no number.</param>
/// <param name="Retrying">Messages that wait for their next attempt.</param>
/// <param name="Dead">Dead letters that wait for a person, with those that were given up a moment ago.</param>
/// <param name="Consumers">Of all workers together.</param>
/// <param name="PublishedPerSecond">Messages that came in.</param>
/// <param name="TakenPerSecond">Messages that were handed to a worker, each attempt counted.</param>
/// <param name="DonePerSecond">Messages whose work was done.</param>
/// <param name="RetriedPerSecond">Attempts that failed and will be made again.</param>
/// <param name="GivenUpPerSecond">Messages that became dead letters.</param>
public sealed record QueueResponse(
    string Name,
    long? Ready,
    long? Retrying,
    long Dead,
    long? Consumers,
    double PublishedPerSecond,
    double TakenPerSecond,
    double DonePerSecond,
    double RetriedPerSecond,
    double GivenUpPerSecond);

/// <summary>What was promised in the database and is still to be told to RabbitMQ.</summary>
/// <param name="Backlog">Messages that are not published yet.</param>
/// <param name="LagSeconds">How long the oldest of them has been waiting; 0 when there is none.</param>
/// <param name="PublishedPerSecond">Of the last five whole minutes, on average.</param>
/// <param name="Refused">How many of the messages RabbitMQ has refused.</param>
public sealed record RelayResponse(long Backlog, double LagSeconds, double PublishedPerSecond, long Refused);

/// <param name="LastSeenAt">When it last said that it lives.</param>
/// <param name="IsAlive">Whether that was as lately as it should be.</param>
public sealed record WorkerResponse(string Name, DateTimeOffset LastSeenAt, bool IsAlive);

/// <summary>How the queues were over the last hours.</summary>
/// <param name="MinutesPerPoint">Of depths a point has the greatest of its minutes, of messages that went through their sum.</param>
/// <param name="Items">Every queue that is consumed, and <c>outbox</c> for what is still to be published.</param>
public sealed record QueueHistoryResponse(DateTimeOffset Since, DateTimeOffset Until, int MinutesPerPoint, IReadOnlyList<QueueHistory> Items);

/// <param name="Points">Oldest first. There is none of a time of which nothing is known.</param>
public sealed record QueueHistory(string Queue, IReadOnlyList<QueuePoint> Points);

/// <summary>A queue from <paramref name="At"/> on. Depths are null where nobody looked.</summary>
/// <param name="Ready">Of <c>outbox</c>: its backlog.</param>
/// <param name="Done">Of <c>outbox</c>: what was published.</param>
public sealed record QueuePoint(
    DateTimeOffset At, long? Ready, long? Retrying, long? Dead, long? Consumers, long Published, long Taken, long Done, long Retried, long GivenUp);
