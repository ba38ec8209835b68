namespace Travel.Contracts.Operations;

/// <summary>Whether what must be true of the data is, at one moment.</summary>
/// <param name="Items">Every rule that is checked, in the order of docs/invariants.md.</param>
public sealed record InvariantsResponse(DateTimeOffset CheckedAt, bool IsSound, IReadOnlyList<InvariantResponse> Items);

/// <param name="Number">Of the invariant that it belongs to, in docs/invariants.md.</param>
/// <param name="Breaches">How many rows break it.</param>
/// <param name="Rows">The first of them.</param>
public sealed record InvariantResponse(int Number, string Rule, int Breaches, IReadOnlyList<string> Rows);

/// <summary>What an operator changed.</summary>
/// <param name="Action">A stable name: <c>job-paused</c>, <c>payment-refunded</c>.</param>
/// <param name="Subject">What it was done to: a name or an id.</param>
/// <param name="Actor">What the operator is called; null for the Aspire dashboard's buttons.</param>
/// <param name="Reason">Where one was given.</param>
public sealed record AuditResponse(DateTimeOffset At, string Action, string Subject, string? Actor, string? Reason);
