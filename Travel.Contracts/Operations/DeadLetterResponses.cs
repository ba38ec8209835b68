namespace Travel.Contracts.Operations;

/// <summary>What became of a message that was given up: it waits for a person, was given back to its queue, or was dropped.</summary>
public enum DeadLetterState { Waiting, Replayed, Dropped }

/// <summary>A message that was given up. What would tell who somebody is reads <c>***</c>.</summary>
/// <param name="Queue">Where it was given up, and where it goes when it is replayed.</param>
/// <param name="MessageId">As it came. Of one without an id, a digest of its body.</param>
/// <param name="RoutingKey">What it is about; null when it did not say.</param>
/// <param name="Attempts">How often it was tried, in this life.</param>
/// <param name="Replays">How often it had been given back to its queue before: lives that it has had.</param>
/// <param name="Error">Why it was given up.</param>
/// <param name="PublishedAt">When what it tells of happened; null when it did not say.</param>
/// <param name="DiedAt">When it was found among the dead, moments after it was given up.</param>
/// <param name="Headers">All of them, the broker's too.</param>
/// <param name="Body">As text; of a long one the beginning, of one that is no text nothing.</param>
/// <param name="SizeBytes">Of the whole body.</param>
/// <param name="SettledAt">Since when it does not wait any more.</param>
/// <param name="SettledBy">What the operator is called; null also for the Aspire dashboard's button.</param>
/// <param name="Reason">Why it was dropped.</param>
public sealed record DeadLetterResponse(
    Guid Id,
    string Queue,
    string MessageId,
    string? RoutingKey,
    DeadLetterState State,
    int Attempts,
    int Replays,
    string? Error,
    DateTimeOffset? PublishedAt,
    DateTimeOffset DiedAt,
    IReadOnlyList<DeadLetterHeader> Headers,
    string Body,
    int SizeBytes,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? Reason);

/// <param name="Value">As text, or as JSON where it is more than that.</param>
public sealed record DeadLetterHeader(string Name, string Value);

/// <summary>Give everything of this queue that was given up back to it.</summary>
public sealed record ReplayDeadLettersRequest(string Queue);

/// <param name="Replayed">How many are back in their queue.</param>
/// <param name="Failed">How many the queue did not take: they wait as before.</param>
public sealed record ReplayDeadLettersResponse(int Replayed, int Failed);

/// <param name="Reason">Why it may be forgotten, for the record.</param>
public sealed record DropDeadLetterRequest(string Reason);
