using System.Buffers;
using System.Text;
using System.Text.Json;
using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Errands;

namespace Travel.Worker.Errands;

/// <summary>One attempt at an errand, as the work sees it: what it is about, where it goes on, how far it is, and where its file is written.</summary>
/// <param name="lease">Cancels the work when the lease is over without a note: another may have the errand from then on.</param>
internal sealed class ErrandRun(Errand errand, ErrandClaims claims, CancellationTokenSource lease, TimeProvider clock)
{
    /// <summary>As often as somebody who watches wants to see it move, and far more often than the lease ends.</summary>
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(1);

    /// <summary>What is written waits in memory for the next note, but never much more than this.</summary>
    private const int PartBytes = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> written = new();
    private DateTimeOffset notedAt;
    private ErrandProgress progress = new(errand.StepsDone, errand.Steps, errand.Bookmark, errand.FileParts, errand.FileSizeBytes);

    public ErrandArguments Arguments => errand.Arguments;

    /// <summary>With those of the attempts before.</summary>
    public long StepsDone => progress.StepsDone;

    /// <summary>Where the attempt before got to; null at the beginning.</summary>
    public TBookmark? Bookmark<TBookmark>()
        where TBookmark : class => errand.Bookmark is { } json ? JsonSerializer.Deserialize<TBookmark>(json, TravelJson.Options) : null;

    /// <param name="count">How many steps there are in all. There may come to be more while they are taken.</param>
    public void Expect(long count) => progress = progress with { Steps = count };

    /// <summary>Adds a line to the file.</summary>
    public void Write(params IEnumerable<string> cells) => Encoding.UTF8.GetBytes(CsvText.Line(cells), written);

    /// <summary>
    /// Some steps are done. Notes so once a second, and with it what was written and that this worker lives. From the note on there is no way back
    /// behind <paramref name="bookmark"/>.
    /// </summary>
    /// <exception cref="ErrandLostException">It is not this worker's errand any more.</exception>
    public async Task AdvanceAsync(int count, object bookmark, CancellationToken cancellationToken)
    {
        var done = progress.StepsDone + count;
        progress = progress with { StepsDone = done, Steps = progress.Steps is { } steps ? Math.Max(steps, done) : null };
        var now = clock.GetUtcNow();
        if (now - notedAt >= NoteEvery || written.WrittenCount >= PartBytes)
        {
            notedAt = now;
            progress = progress with { Bookmark = JsonSerializer.Serialize(bookmark, TravelJson.Options) };
            var part = TakePart();
            // Before the note and not after it: this worker's lease is never longer here than in the row.
            lease.CancelAfter(claims.Lease);
            await claims.NoteAsync(errand, progress, part, cancellationToken);
        }
    }

    /// <exception cref="ErrandLostException">It is not this worker's errand any more.</exception>
    public Task EndAsync(ErrandResult result, CancellationToken cancellationToken)
    {
        var last = TakePart();
        return claims.EndAsync(errand, progress, result, last, cancellationToken);
    }

    /// <returns>Null when nothing was written since the last one.</returns>
    private ErrandFilePart? TakePart()
    {
        if (written.WrittenCount == 0)
        {
            return null;
        }

        var part = new ErrandFilePart { ErrandId = errand.Id, Number = progress.FileParts, Content = written.WrittenSpan.ToArray() };
        progress = progress with { FileParts = progress.FileParts + 1, FileSizeBytes = progress.FileSizeBytes + part.Content.Length };
        written.ResetWrittenCount();
        return part;
    }
}

/// <summary>How far an errand is, and where to go on: all that the next attempt needs.</summary>
internal sealed record ErrandProgress(long StepsDone, long? Steps, string? Bookmark, int FileParts, long FileSizeBytes);
