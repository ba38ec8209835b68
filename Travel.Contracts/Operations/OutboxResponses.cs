namespace Travel.Contracts.Operations;

/// <summary>What became of a message that RabbitMQ has refused: it waits to be tried again, was taken after all, or was dropped.</summary>
public enum RefusedMessageState { Waiting, Published, Dropped }

/// <summary>A message that RabbitMQ has refused, so that it waits in the database. What would tell who somebody is reads <c>***</c>.</summary>
/// <param name="Id">Under which consumers will know it.</param>
/// <param name="RoutingKey">What it is about.</param>
/// <param name="Attempts">How often it was refused.</param>
/// <param name="Error">Why, the last time.</param>
/// <param name="CreatedAt">When what it tells of happened.</param>
/// <param name="NextAttemptAt">When it is tried again; null when that is at once, or never.</param>
/// <param name="SettledAt">When it was published or dropped; null while it waits.</param>
/// <param name="DroppedBy">What the operator is called.</param>
/// <param name="Reason">Why it was dropped.</param>
public sealed record RefusedMessageResponse(
    Guid Id,
    string RoutingKey,
    RefusedMessageState State,
    int Attempts,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    string Body,
    DateTimeOffset? SettledAt,
    string? DroppedBy,
    string? Reason);

/// <param name="Reason">Why nobody need be told, for the record.</param>
public sealed record DropRefusedMessageRequest(string Reason);
