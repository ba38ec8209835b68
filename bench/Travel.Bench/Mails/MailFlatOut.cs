using Travel.Bench.Bookings;
using Travel.Bench.Command;
using Travel.Bench.Measures;
using Travel.Bench.Servers;

namespace Travel.Bench.Mails;

/// <summary>Bookings and their mails as fast as they go, and what one of them costs.</summary>
internal sealed class MailFlatOut(BenchSystem system, BookingGround ground, BookingDesk desk, int atATime)
{
    private const string Bookings = "bookings";
    private const string Clients = "clients";

    public static BenchEntry Entry { get; } = new(
        "mail-flat-out",
        "bookings and their mails as fast as they go, and the CPU time that they take",
        [new BenchOption(Bookings, "how many a run", 5000), new BenchOption(Clients, "guests who book at a time", 16), BenchOption.Runs],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var system = await BenchSystem.StartWholeAsync(cancellationToken);
        await using var db = await system.DatabaseAsync();
        var ground = await BookingGround.LayAsync(db, MeasuredService.AccessTokenKey, BookingGround.Wide, cancellationToken);
        using var desk = new BookingDesk(system.Api, system.Clock);
        var bench = new MailFlatOut(system, ground, desk, arguments.Number(Clients));
        await bench.MeasureAsync(BookedMails.WarmUp, cancellationToken);
        await ResultTable.PrintAsync(
            arguments.Number(BenchOption.Runs.Name), output, () => bench.MeasureAsync(arguments.Number(Bookings), cancellationToken));
        return true;
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(int bookings, CancellationToken cancellationToken)
    {
        var mailsBefore = system.Mails.Count;
        var cpuBefore = await system.CpuAsync();
        var begun = system.Clock.GetUtcNow();
        await Pace.FlatOutAsync(bookings, atATime, token => desk.BookAsync(ground.Next(), token), cancellationToken);
        var booked = system.Clock.GetUtcNow() - begun;
        await BookedMails.ArrivedAsync(system, mailsBefore + (bookings * BookedMails.Kinds.Count), cancellationToken);
        await BookedMails.SettledAsync(system, cancellationToken);
        var cpu = await system.CpuPerPieceAsync(cpuBefore, bookings);

        var arrivals = system.Mails.Arrivals(skip: mailsBefore);
        var took = arrivals.Max(arrival => arrival.At) - begun;
        return
        [
            new("mails/s", arrivals.Count / took.TotalSeconds),
            new("bookings with both mails/s", bookings / took.TotalSeconds),
            new("bookings answered/s", bookings / booked.TotalSeconds),
            new("CPU ms per booking, all services", cpu.Values.Sum()),
            .. cpu.Select(service => new Measure($"CPU ms per booking, {service.Key}", service.Value)),
        ];
    }
}
