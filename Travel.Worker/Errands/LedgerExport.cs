using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Errands;
using Travel.Domain;
using Travel.Domain.Payments;

namespace Travel.Worker.Errands;

/// <summary>
/// All movements of money in some days by UTC, oldest first. The lines of one <c>transaction</c> are the sides of one movement: in each currency
/// their <c>debit</c> and <c>credit</c> add up to the same.
/// </summary>
internal sealed class LedgerExport(TravelDbContext db, TimeProvider clock) : IErrandWork
{
    private const int ChunkSize = 2000;

    /// <summary>
    /// What is younger is left out. A movement gets its time before it is committed: read in chunks, one that arrives meanwhile could be there with
    /// one of its sides. No transaction takes a minute.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    private static readonly string[] Header =
        ["at", "transaction", "event", "account", "debit", "credit", "currency", "booking", "payment", "refund", "entry"];

    public ErrandKind Kind => ErrandKind.LedgerExport;

    public async Task<ErrandResult> ExecuteAsync(ErrandRun run, CancellationToken cancellationToken)
    {
        var (first, last) = (run.Arguments.From!.Value, run.Arguments.To!.Value);
        var (from, before) = (StartOf(first), StartOf(last.AddDays(1)));
        var place = run.Bookmark<Bookmark>() ?? await BeginAsync();
        for (var chunk = await NextAsync(); chunk.Count > 0; chunk = await NextAsync())
        {
            chunk.ForEach(line => run.Write(CellsOf(line)));
            place = place with { At = chunk[^1].At, Id = chunk[^1].Id };
            await run.AdvanceAsync(chunk.Count, place, cancellationToken);
        }

        var sinceWhen = place.Until < before ? $" What has moved since {CsvText.Instant(place.Until)} is not in it." : "";
        return new ErrandResult(
            string.Create(CultureInfo.InvariantCulture, $"{run.StepsDone:N0} entries of the ledger, {CsvText.Day(first)} to {CsvText.Day(last)}.{sinceWhen}"),
            $"travel-ledger-{CsvText.Day(first)}-{CsvText.Day(last)}.csv");

        async Task<Bookmark> BeginAsync()
        {
            var settled = clock.GetUtcNow() - Settling;
            var until = before < settled ? before : settled;
            run.Expect(await db.LedgerEntries.LongCountAsync(entry => entry.At >= from && entry.At < until, cancellationToken));
            run.Write(Header);
            return new Bookmark(until, from, Guid.Empty);
        }

        // The first condition is the index's, which would begin at the beginning for the second alone.
        Task<List<Line>> NextAsync() => db.LedgerEntries
            .Where(entry => entry.At >= place.At && entry.At < place.Until && (entry.At > place.At || entry.Id > place.Id))
            .OrderBy(entry => entry.At).ThenBy(entry => entry.Id)
            .Take(ChunkSize)
            .Select(entry => new Line(
                entry.Id, entry.At, entry.TransactionId, entry.Event, entry.Account, entry.MinorUnits, entry.Currency,
                db.Bookings.Where(booking => booking.Id == entry.BookingId).Select(booking => booking.Reference).First(),
                db.Payments.Where(payment => payment.Id == entry.PaymentId).Select(payment => payment.TxRef).First(),
                db.Refunds.Where(refund => refund.Id == entry.RefundId).Select(refund => refund.Reference).FirstOrDefault()))
            .ToListAsync(cancellationToken);
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static IEnumerable<string> CellsOf(Line line)
    {
        var amount = new Money(Math.Abs(line.MinorUnits), line.Currency).ToDecimalString();
        return
        [
            CsvText.Instant(line.At),
            line.TransactionId.ToString(),
            CsvText.Text(line.Event),
            PaymentDetails.NameOf(line.Account),
            line.MinorUnits > 0 ? amount : "",
            line.MinorUnits < 0 ? amount : "",
            line.Currency,
            CsvText.Text(line.Booking),
            CsvText.Text(line.Payment),
            CsvText.Text(line.Refund ?? ""),
            line.Id.ToString(),
        ];
    }

    /// <param name="Until">What is in the file is older, whenever its last attempt was.</param>
    /// <param name="At">Of the last entry that is in the file.</param>
    /// <param name="Id">Of the last entry that is in the file.</param>
    private sealed record Bookmark(DateTimeOffset Until, DateTimeOffset At, Guid Id);

    private sealed record Line(
        Guid Id, DateTimeOffset At, Guid TransactionId, string Event, LedgerAccount Account, long MinorUnits, string Currency, string Booking, string Payment, string? Refund);
}
