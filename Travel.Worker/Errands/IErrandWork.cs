using Travel.Contracts.Errands;

namespace Travel.Worker.Errands;

/// <summary>
/// What is done for one kind of errand. It goes on at the bookmark of the attempt before, and what came after that it does once more: so it changes
/// nothing, but reads and writes its file. The attempt before may have been another version's: what a bookmark or a column is called keeps its meaning.
/// </summary>
internal interface IErrandWork
{
    ErrandKind Kind { get; }

    Task<ErrandResult> ExecuteAsync(ErrandRun run, CancellationToken cancellationToken);
}

/// <param name="Summary">What came of it, for the operator: a sentence or two.</param>
/// <param name="FileName">What the file is called that was written meanwhile.</param>
internal sealed record ErrandResult(string Summary, string FileName);
