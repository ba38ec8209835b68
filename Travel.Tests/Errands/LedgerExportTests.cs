using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Errands;
using Travel.Domain;
using Travel.Domain.Errands;
using Travel.Tests.Fixtures;
using Travel.Worker.Errands;

namespace Travel.Tests.Errands;

[Collection(DatabaseServer.Collection)]
public sealed class LedgerExportTests(ErrandHouse house) : IClassFixture<ErrandHouse>
{
    private const string Header = "at,transaction,event,account,debit,credit,currency,booking,payment,refund,entry";

    [Fact]
    public async Task Every_movement_has_its_sides_with_what_they_belong_to()
    {
        await using var db = house.Database();
        var (stay, payment) = await OnlineStay.PaidAsync(db, At(2026, 5, 4, 10));
        var refund = await stay.PaidTwiceAsync();

        var (errand, lines) = await ExportAsync(new(2026, 5, 4), new(2026, 5, 4));

        var amount = stay.Total.ToDecimalString();
        var second = await db.Payments.Where(row => row.Id == refund.PaymentId).Select(row => row.TxRef).SingleAsync();
        lines.Select(line => string.Join(',', (string[])[line[0], .. line[2..10]])).ShouldBe(
        [
            $"2026-05-04T10:01:00Z,received,gateway,{amount},,ETB,{stay.Booking.Reference},{payment.TxRef},",
            $"2026-05-04T10:01:00Z,received,stay,,{amount},ETB,{stay.Booking.Reference},{payment.TxRef},",
            $"2026-05-04T12:00:00Z,paid-twice,gateway,{amount},,ETB,{stay.Booking.Reference},{second},{refund.Reference}",
            $"2026-05-04T12:00:00Z,paid-twice,refund,,{amount},ETB,{stay.Booking.Reference},{second},{refund.Reference}",
        ], ignoreOrder: true);
        lines.Select(line => line[0]).ShouldBe(lines.Select(line => line[0]).Order(StringComparer.Ordinal));
        lines.GroupBy(line => line[1]).Select(movement => movement.Count()).ShouldBe([2, 2]);
        (errand.Summary, errand.FileName).ShouldBe(("4 entries of the ledger, 2026-05-04 to 2026-05-04.", "travel-ledger-2026-05-04-2026-05-04.csv"));
    }

    [Fact]
    public async Task Both_days_are_included_from_midnight_to_midnight_by_UTC()
    {
        await using var db = house.Database();
        var moment = TimeSpan.FromMicroseconds(1);
        var (first, after) = (At(2026, 3, 1), At(2026, 4, 1));
        await PaidAtAsync(first - moment);
        var atFirst = await PaidAtAsync(first);
        var atLast = await PaidAtAsync(after - moment);
        await PaidAtAsync(after);

        var (_, lines) = await ExportAsync(new(2026, 3, 1), new(2026, 3, 31));

        lines.Select(line => line[8]).Distinct().ShouldBe([atFirst, atLast]);

        async Task<string> PaidAtAsync(DateTimeOffset at) => (await OnlineStay.PaidAsync(db, at.AddMinutes(-1))).Payment.TxRef;
    }

    [Fact]
    public async Task However_many_entries_have_one_moment_each_is_there_once()
    {
        await using var db = house.Database();
        var (_, payment) = await OnlineStay.PaidAsync(db, At(2024, 1, 1));
        // Three thousand movements in each of two moments, and a chunk has two thousand entries.
        await MovementsAsync(db, payment.Id, At(2025, 5, 1), 3000);
        await MovementsAsync(db, payment.Id, At(2025, 5, 1, 1), 3000);

        var (errand, lines) = await ExportAsync(new(2025, 5, 1), new(2025, 5, 1));

        (errand.StepsDone, errand.Steps, errand.Summary).ShouldBe((12_000, 12_000, "12,000 entries of the ledger, 2025-05-01 to 2025-05-01."));
        lines.Select(line => line[10]).Distinct().Count().ShouldBe(12_000);
        lines.Sum(line => Amount(line[4])).ShouldBe(lines.Sum(line => Amount(line[5])));

        static decimal Amount(string cell) => cell.Length == 0 ? 0 : decimal.Parse(cell, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task An_export_that_is_cut_off_goes_on_where_it_was_and_has_each_entry_once()
    {
        await using var db = house.Database();
        var (_, payment) = await OnlineStay.PaidAsync(db, At(2024, 1, 2));
        await MovementsAsync(db, payment.Id, At(2025, 6, 1), 3000);
        var id = await house.RequestAsync(ErrandKind.LedgerExport, new ErrandArguments(new(2025, 6, 1), new(2025, 6, 1)));

        // Counted, and two of three chunks read; the first was noted, and nothing more within the same second.
        (await Should.ThrowAsync<InvalidOperationException>(
            () => house.RunAsync(id, db => new LedgerExport(db, house.Clock), meanwhile: new DiesReading("ledger_entries", reads: 3)))).Message.ShouldBe(DiesReading.Word);
        var waiting = await house.FindAsync(id);
        var errand = await house.RunAsync(id, db => new LedgerExport(db, house.Clock));

        (waiting.State, waiting.StepsDone, waiting.Steps).ShouldBe((ErrandState.Waiting, 2000, 6000));
        (errand.State, errand.StepsDone, errand.Steps, errand.Attempts).ShouldBe((ErrandState.Done, 6000, 6000, 2));
        errand.Summary.ShouldBe("6,000 entries of the ledger, 2025-06-01 to 2025-06-01.");
        var lines = (await house.FileAsync(id)).Split("\r\n");
        lines.Length.ShouldBe(6000 + 2);
        lines.Distinct(StringComparer.Ordinal).Count().ShouldBe(6000 + 2);
        lines.Count(line => line == Header).ShouldBe(1);
    }

    [Fact]
    public async Task What_moved_within_the_last_minute_is_left_out_and_the_operator_is_told()
    {
        await using var db = house.Database();
        var now = house.Clock.Now;
        var (_, older) = await OnlineStay.PaidAsync(db, now.AddMinutes(-2).AddSeconds(-1));
        await OnlineStay.PaidAsync(db, now.AddMinutes(-2));
        var today = DateOnly.FromDateTime(now.UtcDateTime);

        var (errand, lines) = await ExportAsync(today, today);

        lines.Select(line => line[8]).Distinct().ShouldBe([older.TxRef]);
        errand.Summary.ShouldBe($"2 entries of the ledger, 2026-11-20 to 2026-11-20. What has moved since 2026-11-20T09:29:00Z is not in it.");
    }

    [Fact]
    public async Task Of_days_without_a_movement_there_is_the_header()
    {
        var (errand, lines) = await ExportAsync(new(2001, 1, 1), new(2002, 12, 31));

        lines.ShouldBeEmpty();
        (errand.Summary, errand.FileSizeBytes).ShouldBe(("0 entries of the ledger, 2001-01-01 to 2002-12-31.", Header.Length + 2));
    }

    [Theory]
    [InlineData("2024-02-29", "2026-02-27", null)]
    [InlineData("2024-02-29", "2026-02-28", "to")]
    [InlineData("2025-01-01", "2026-12-31", "to")]
    [InlineData("2024-11-20", "2026-11-19", null)]
    [InlineData("2026-11-20", "2026-11-20", null)]
    [InlineData("2026-11-20", "2026-11-21", "to")]
    [InlineData("2026-11-20", "2026-11-19", "to")]
    [InlineData("1999-12-31", "2000-01-01", "from")]
    [InlineData("9999-12-31", "9999-12-31", "from,to")]
    [InlineData(null, null, "from,to")]
    public void Its_days_are_not_to_come_and_are_two_years_at_most(string? from, string? to, string? wrong)
    {
        var errors = ErrandRules.ErrorsOf(ErrandKind.LedgerExport, new ErrandArguments(Day(from), Day(to)), house.Clock.Now);

        errors.Keys.ShouldBe(wrong?.Split(',') ?? [], ignoreOrder: true);

        static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>So many movements of two sides, all in one moment.</summary>
    private static Task MovementsAsync(TravelDbContext db, Guid payment, DateTimeOffset at, int movements) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO ledger_entries (id, transaction_id, booking_id, host_id, payment_id, account, minor_units, currency, event, at)
        SELECT gen_random_uuid(), movement.id, p.booking_id, p.host_id, p.id, side.account, side.minor_units, 'ETB', 'received', {at}
        FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, {movements})) movement
        CROSS JOIN payments p CROSS JOIN (VALUES ('Gateway', 100), ('Stay', -100)) side (account, minor_units)
        WHERE p.id = {payment}
        """);

    private static DateTimeOffset At(int year, int month, int day, int hour = 0) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);

    private async Task<(Errand Errand, IReadOnlyList<string[]> Lines)> ExportAsync(DateOnly from, DateOnly to)
    {
        var id = await house.RequestAsync(ErrandKind.LedgerExport, new ErrandArguments(from, to));
        var errand = await house.RunAsync(id, db => new LedgerExport(db, house.Clock));
        errand.State.ShouldBe(ErrandState.Done, errand.LastError);
        var lines = (await house.FileAsync(id)).Split("\r\n");
        lines[0].ShouldBe(Header);
        lines[^1].ShouldBe("");
        return (errand, [.. lines[1..^1].Select(line => line.Split(','))]);
    }
}
