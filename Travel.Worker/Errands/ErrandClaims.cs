using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Errands;
using Travel.Domain;
using Travel.Domain.Errands;
using Travel.Domain.Operations;
using Travel.Worker.Messaging;

namespace Travel.Worker.Errands;

/// <summary>
/// The row by which an errand has one worker at a time. Whatever is written for it is written in a transaction that first finds the claim in the
/// row: a worker that was taken for dead, or whose errand was cancelled, writes nothing more.
/// </summary>
internal sealed class ErrandClaims(TravelDbContext db, IOptions<ErrandOptions> options, TimeProvider clock)
{
    private static readonly string Worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>How long a claim lasts without a note.</summary>
    public TimeSpan Lease => options.Value.Lease;

    /// <summary>Takes the errand for this worker alone, until it has ended or the lease is over.</summary>
    /// <returns>Null when there is nothing left to do for it.</returns>
    /// <exception cref="ErrandIsClaimedException">Another has it at this moment.</exception>
    public async Task<Errand?> ClaimAsync(Guid errandId, CancellationToken cancellationToken)
    {
        var claim = Guid.NewGuid();
        var claimed = await db.InTransactionAsync(
            token => ClaimAsync(errandId, claim, token),
            (_, token) => db.Errands.AnyAsync(errand => errand.Id == errandId && errand.ClaimId == claim, token),
            cancellationToken);
        if (claimed is not null)
        {
            return claimed;
        }

        await EndHopelessAsync(errandId, cancellationToken);
        var isUnderWay = await db.Errands.AnyAsync(errand => errand.Id == errandId && errand.EndedAt == null, cancellationToken);
        return isUnderWay ? throw new ErrandIsClaimedException() : null;
    }

    /// <summary>How far it is, what was written since the last note, and that its worker lives.</summary>
    /// <param name="part">Null when nothing was written.</param>
    /// <exception cref="ErrandLostException">It is not this worker's any more.</exception>
    public Task NoteAsync(Errand errand, ErrandProgress progress, ErrandFilePart? part, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            DateTimeOffset? until = clock.GetUtcNow() + Lease;
            var noted = await Mine(errand).ExecuteUpdateAsync(
                row => row
                    .SetProperty(mine => mine.StepsDone, progress.StepsDone)
                    .SetProperty(mine => mine.Steps, progress.Steps)
                    .SetProperty(mine => mine.Bookmark, progress.Bookmark)
                    .SetProperty(mine => mine.FileParts, progress.FileParts)
                    .SetProperty(mine => mine.FileSizeBytes, progress.FileSizeBytes)
                    .SetProperty(mine => mine.LeasedUntil, until),
                token);
            return noted == 0 ? throw new ErrandLostException() : await AddAsync(part, token);
        },
        cancellationToken);

    /// <summary>It is done, and its file is whole.</summary>
    /// <exception cref="ErrandLostException">It is not this worker's any more.</exception>
    public Task EndAsync(Errand errand, ErrandProgress progress, ErrandResult result, ErrandFilePart? last, CancellationToken cancellationToken) => db.InTransactionAsync(
        async token =>
        {
            DateTimeOffset? now = clock.GetUtcNow();
            // Done with this claim: the connection broke when that was committed, and this is the second time.
            var ended = await db.Errands
                .Where(row => row.Id == errand.Id && row.ClaimId == errand.ClaimId && (row.State == ErrandState.Running || row.State == ErrandState.Done))
                .ExecuteUpdateAsync(
                    row => row
                        .SetProperty(mine => mine.State, ErrandState.Done)
                        .SetProperty(mine => mine.LeasedUntil, (DateTimeOffset?)null)
                        .SetProperty(mine => mine.StepsDone, progress.StepsDone)
                        .SetProperty(mine => mine.Steps, progress.StepsDone)
                        .SetProperty(mine => mine.Bookmark, (string?)null)
                        .SetProperty(mine => mine.Summary, result.Summary)
                        .SetProperty(mine => mine.FileName, result.FileName)
                        .SetProperty(mine => mine.FileParts, progress.FileParts)
                        .SetProperty(mine => mine.FileSizeBytes, progress.FileSizeBytes)
                        .SetProperty(mine => mine.LastError, (string?)null)
                        .SetProperty(mine => mine.EndedAt, now),
                    token);
            return ended == 0 ? throw new ErrandLostException() : await AddAsync(last, token);
        },
        cancellationToken);

    /// <summary>This attempt has failed. The next one goes on at its last note; after the last one nobody has a use for half a file.</summary>
    /// <returns>Whether it was the last one.</returns>
    public async Task<bool> FailAsync(Errand errand, Exception reason)
    {
        var isLast = errand.Attempts >= options.Value.Attempts;
        var error = PersonalData.MaskText($"{(isLast ? $"Given up after {errand.Attempts} attempts. " : "")}{reason.GetType().Name}: {reason.Message}");
        error = PlainText.Beginning(error, Errand.LongestError);
        // A stop must not come between the failure and our note of it.
        await db.InTransactionAsync(
            async token => isLast
                ? await GiveUpAsync(Mine(errand), errand.Id, error, token)
                : await Mine(errand).ExecuteUpdateAsync(
                    row => row
                        .SetProperty(mine => mine.State, ErrandState.Waiting)
                        .SetProperty(mine => mine.LeasedUntil, (DateTimeOffset?)null)
                        .SetProperty(mine => mine.LastError, error),
                    token),
            CancellationToken.None);
        return isLast;
    }

    /// <summary>This worker has to stop. Another may begin at once, and it was no attempt.</summary>
    public Task GiveBackAsync(Errand errand) => Mine(errand).ExecuteUpdateAsync(
        row => row
            .SetProperty(mine => mine.State, ErrandState.Waiting)
            .SetProperty(mine => mine.LeasedUntil, (DateTimeOffset?)null)
            .SetProperty(mine => mine.Attempts, mine => mine.Attempts - 1),
        CancellationToken.None);

    private async Task<Errand?> ClaimAsync(Guid errandId, Guid claim, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var until = now + Lease;
        var most = options.Value.Attempts;
        var claimed = await Free(errandId, now.Value).Where(errand => errand.Attempts < most).ExecuteUpdateAsync(
            errand => errand
                .SetProperty(row => row.State, ErrandState.Running)
                .SetProperty(row => row.ClaimId, claim)
                .SetProperty(row => row.Worker, Worker)
                .SetProperty(row => row.LeasedUntil, until)
                .SetProperty(row => row.Attempts, row => row.Attempts + 1)
                .SetProperty(row => row.StartedAt, now),
            cancellationToken);
        return claimed == 0 ? null : await db.Errands.AsNoTracking().SingleAsync(errand => errand.Id == errandId, cancellationToken);
    }

    /// <summary>Who fails says so. What has no attempt left and belongs to nobody was left by a worker that could not.</summary>
    private Task EndHopelessAsync(Guid errandId, CancellationToken cancellationToken)
    {
        var most = options.Value.Attempts;
        var error = $"Given up after {most} attempts. The worker of the last one died before it was done.";
        return db.InTransactionAsync(
            token => GiveUpAsync(Free(errandId, clock.GetUtcNow()).Where(errand => errand.Attempts >= most), errandId, error, token), cancellationToken);
    }

    /// <param name="errand">None, when it is not as it was thought to be.</param>
    private async Task<int> GiveUpAsync(IQueryable<Errand> errand, Guid errandId, string error, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var failed = await errand.ExecuteUpdateAsync(
            row => row
                .SetProperty(mine => mine.State, ErrandState.Failed)
                .SetProperty(mine => mine.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(mine => mine.LastError, error)
                .SetProperty(mine => mine.EndedAt, now),
            cancellationToken);
        return failed == 0 ? 0 : await db.ErrandFileParts.Where(part => part.ErrandId == errandId).ExecuteDeleteAsync(cancellationToken);
    }

    private IQueryable<Errand> Free(Guid errandId, DateTimeOffset now) => db.Errands.Where(
        errand => errand.Id == errandId && (errand.State == ErrandState.Waiting || (errand.State == ErrandState.Running && errand.LeasedUntil <= now)));

    private IQueryable<Errand> Mine(Errand errand) =>
        db.Errands.Where(row => row.Id == errand.Id && row.ClaimId == errand.ClaimId && row.State == ErrandState.Running);

    /// <summary>Repeatable, as the transaction around it: what is there was written under this claim.</summary>
    private async Task<int> AddAsync(ErrandFilePart? part, CancellationToken cancellationToken) => part is null
        ? 0
        : await db.Database.ExecuteSqlAsync(
            $"INSERT INTO errand_file_parts (errand_id, number, content) VALUES ({part.ErrandId}, {part.Number}, {part.Content}) ON CONFLICT DO NOTHING",
            cancellationToken);
}

/// <summary>Another worker is at this errand, or one has died with it; that is known when its lease is over.</summary>
internal sealed class ErrandIsClaimedException() : NotYetException("Another worker has this errand.");

/// <summary>The errand was cancelled, or another worker has it by now.</summary>
internal sealed class ErrandLostException() : Exception("This errand is not this worker's any more.");
