using Travel.Contracts.Errands;
using Travel.Domain.Errands;

namespace Travel.Tests.Fixtures;

internal static class SampleErrand
{
    /// <summary>A ledger export that somebody has who is not there, and that nobody takes from them.</summary>
    public static Errand Running(Guid operatorId, DateTimeOffset now, DateOnly day) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = ErrandKind.LedgerExport,
        Arguments = new ErrandArguments(day, day),
        AskedBy = operatorId,
        State = ErrandState.Running,
        StepsDone = 1_250,
        Steps = 5_000,
        Attempts = 1,
        ClaimId = Guid.NewGuid(),
        Worker = "a slow one",
        LeasedUntil = now.AddYears(1),
        CreatedAt = now,
        StartedAt = now,
    };

    public static Errand Done(Guid operatorId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = ErrandKind.PhotoCheck,
        Arguments = new ErrandArguments(),
        AskedBy = operatorId,
        State = ErrandState.Done,
        StepsDone = 3,
        Steps = 3,
        Attempts = 1,
        Summary = "3 photos and 0 pictures were looked at. 3 missing.",
        FileName = "travel-photo-check.csv",
        FileSizeBytes = 2_345,
        CreatedAt = now,
        StartedAt = now,
        EndedAt = now,
    };
}
