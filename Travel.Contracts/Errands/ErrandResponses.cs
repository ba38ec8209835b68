namespace Travel.Contracts.Errands;

/// <summary>Work that takes longer than anybody waits for an answer.</summary>
public enum ErrandKind
{
    /// <summary>All movements of money in some days, as a file for bookkeeping.</summary>
    LedgerExport,

    /// <summary>Whether every photo has its picture, whole and as it should be, and every picture its photo.</summary>
    PhotoCheck,
}

public enum ErrandState
{
    /// <summary>For a worker that has time, or for the next attempt.</summary>
    Waiting,

    Running,
    Done,

    /// <summary>Given up after some attempts.</summary>
    Failed,

    /// <summary>An operator did not want it any more.</summary>
    Cancelled,
}

/// <param name="From">First day by UTC, of a ledger export.</param>
/// <param name="To">Last day by UTC, of a ledger export: not after today, and at most two years with the first.</param>
public sealed record RequestErrandRequest(ErrandKind Kind, DateOnly? From = null, DateOnly? To = null);

/// <param name="From">First day by UTC, of a ledger export.</param>
/// <param name="To">Last day by UTC, of a ledger export.</param>
/// <param name="AskedBy">What the operator is called.</param>
/// <param name="StepsDone">Entries, photos and pictures that it has been through: never fewer than before.</param>
/// <param name="Steps">How many there are; null until that is known.</param>
/// <param name="Attempts">How often a worker has taken it up. What was given back because its worker stopped does not count.</param>
/// <param name="Worker">Which process has it, or had it last.</param>
/// <param name="LastError">Why the last attempt failed; null when none has.</param>
/// <param name="Summary">What came of it; null unless it is done.</param>
/// <param name="File">Null unless it is done.</param>
/// <param name="StartedAt">When the last attempt began.</param>
public sealed record ErrandResponse(
    Guid Id,
    ErrandKind Kind,
    DateOnly? From,
    DateOnly? To,
    string AskedBy,
    ErrandState State,
    long StepsDone,
    long? Steps,
    int Attempts,
    string? Worker,
    string? LastError,
    string? Summary,
    ErrandFile? File,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt);

/// <param name="Name">What to call it.</param>
/// <param name="Url">Where it is: a path on the Api.</param>
public sealed record ErrandFile(string Name, long SizeBytes, string Url);
