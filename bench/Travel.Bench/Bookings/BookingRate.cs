using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Travel.Bench.Command;
using Travel.Bench.Mails;
using Travel.Bench.Measures;
using Travel.Bench.Servers;
using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Outbox;

namespace Travel.Bench.Bookings;

/// <summary>How many stays one Api books a second and what one costs, and how many PostgreSQL alone could take with the same statements.</summary>
internal sealed class BookingRate(BenchSystem system, TravelDbContext db, BookingGround ground, BookingDesk desk, PgBench pgbench)
{
    private const string Seconds = "seconds";
    private const string Clients = "clients";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static BenchEntry Entry { get; } = new(
        "booking",
        "bookings as fast as they go, beside pgbench with the same statements",
        [new BenchOption(Seconds, "how long each of the two", 10), new BenchOption(Clients, "guests who book at a time", 16), BenchOption.Runs],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (PgBench.Find() is not { } program)
        {
            await output.WriteLineAsync("pgbench is not beside the PostgreSQL of this machine: apt-get install postgresql");
            return false;
        }

        var (seconds, clients) = (arguments.Number(Seconds), arguments.Number(Clients));
        await using var system = await BenchSystem.StartApiAsync(cancellationToken);
        await using var db = await system.DatabaseAsync();
        var ground = await BookingGround.LayAsync(db, MeasuredService.AccessTokenKey, BookingGround.Wide, cancellationToken);
        var pgbench = new PgBench(program, db, clients);
        await pgbench.LayAsync(cancellationToken);
        using var desk = new BookingDesk(system.Api, system.Clock);
        var bench = new BookingRate(system, db, ground, desk, pgbench);
        await Pace.FlatOutAsync(BookedMails.WarmUp, clients, token => desk.BookAsync(ground.Next(), token), cancellationToken);
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE", cancellationToken);
        await ResultTable.PrintAsync(
            arguments.Number(BenchOption.Runs.Name), output, () => bench.MeasureAsync(seconds, clients, cancellationToken));
        return true;
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(int seconds, int clients, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentBag<double>();
        await ToldAsync(cancellationToken);
        var cpuBefore = await system.CpuAsync();
        var ownBefore = Environment.CpuUsage.TotalTime;
        var begun = system.Clock.GetUtcNow();
        await Pace.FlatOutAsync(TimeSpan.FromSeconds(seconds), clients, system.Clock, BookAsync, cancellationToken);
        var took = system.Clock.GetUtcNow() - begun;
        var own = Environment.CpuUsage.TotalTime - ownBefore;
        await ToldAsync(cancellationToken);
        var cpu = await system.CpuPerPieceAsync(cpuBefore, answers.Count);

        cpuBefore = await system.CpuAsync();
        var alone = await pgbench.RunAsync(seconds, cancellationToken);
        var cpuAlone = (await system.CpuPerPieceAsync(cpuBefore, alone.Transactions))[ResourceNames.Postgres];

        var rate = answers.Count / took.TotalSeconds;
        return
        [
            new("bookings/s", rate),
            new("pgbench, the same statements, transactions/s", alone.PerSecond),
            new("bookings of pgbench's transactions, %", 100 * rate / alone.PerSecond),
            new("booking → its answer, p50, ms", Statistics.Percentile(answers, 50)),
            new("booking → its answer, p95, ms", Statistics.Percentile(answers, 95)),
            new("booking → its answer, p99, ms", Statistics.Percentile(answers, 99)),
            new("pgbench, a transaction, mean, ms", alone.Latency.TotalMilliseconds),
            new("CPU ms per booking, all services", cpu.Values.Sum()),
            .. cpu.Select(service => new Measure($"CPU ms per booking, {service.Key}", service.Value)),
            new("CPU ms per pgbench transaction, postgres", cpuAlone),
            new("CPU ms per booking, the guests (not counted above)", own.TotalMilliseconds / answers.Count),
        ];

        async Task BookAsync(CancellationToken token)
        {
            var asked = system.Clock.GetUtcNow();
            await desk.BookAsync(ground.Next(), token);
            answers.Add((system.Clock.GetUtcNow() - asked).TotalMilliseconds);
        }
    }

    /// <summary>Until all that was booked is on the bus: telling of it belongs to a booking, and would be in the way of what is measured next.</summary>
    private Task ToldAsync(CancellationToken cancellationToken) =>
        Waiting.UntilAsync(async () => !await db.Outbox.Waiting().AnyAsync(cancellationToken), Patience, "All bookings told", cancellationToken);
}
