using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Travel.Bench.Bookings;
using Travel.Bench.Command;
using Travel.Bench.Measures;
using Travel.Bench.Servers;
using Travel.Bench.Smtp;
using Travel.Worker.Mail;

namespace Travel.Bench.Mails;

/// <summary>How long after the answer to a booking its guest's mail is with the mail server, at a constant rate of bookings.</summary>
internal sealed class MailLatency(BenchSystem system, BookingGround ground, BookingDesk desk)
{
    private const string Rate = "rate";
    private const string Seconds = "seconds";
    private const string AckAtOnce = "ack-at-once";

    private const int WarmUpAtATime = 4;

    public static BenchEntry Entry { get; } = new(
        "mail-latency",
        "from the answer to a booking until its mail is received",
        [
            new BenchOption(Rate, "bookings a second", 5),
            new BenchOption(Seconds, "how long", 20),
            new BenchOption(AckAtOnce, "the mail server acknowledges each segment when it comes", Usual: null),
            BenchOption.Runs,
        ],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var system = await BenchSystem.StartWholeAsync(cancellationToken);
        system.Mails.AcknowledgesAtOnce = arguments.IsThere(AckAtOnce);
        await using var db = await system.DatabaseAsync();
        var ground = await BookingGround.LayAsync(db, MeasuredService.AccessTokenKey, BookingGround.Wide, cancellationToken);
        using var desk = new BookingDesk(system.Api, system.Clock);
        var bench = new MailLatency(system, ground, desk);
        await bench.WarmUpAsync(cancellationToken);
        await ResultTable.PrintAsync(
            arguments.Number(BenchOption.Runs.Name),
            output,
            () => bench.MeasureAsync(arguments.Number(Rate) * arguments.Number(Seconds), arguments.Number(Rate), cancellationToken));
        return true;
    }

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        await Pace.FlatOutAsync(BookedMails.WarmUp, WarmUpAtATime, token => desk.BookAsync(ground.Next(), token), cancellationToken);
        await BookedMails.ArrivedAsync(system, BookedMails.WarmUp * BookedMails.Kinds.Count, cancellationToken);
        await BookedMails.SettledAsync(system, cancellationToken);
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(int bookings, int rate, CancellationToken cancellationToken)
    {
        var before = system.Mails.Count;
        var answered = new ConcurrentDictionary<Guid, DateTimeOffset>();
        var answers = new ConcurrentBag<double>();
        await Pace.ConstantAsync(bookings, rate, system.Clock, BookAsync, cancellationToken);
        await BookedMails.ArrivedAsync(system, before + (bookings * BookedMails.Kinds.Count), cancellationToken);
        await BookedMails.SettledAsync(system, cancellationToken);

        var arrivedAt = system.Mails.Arrivals(skip: before).ToDictionary(
            arrival => MailId.TryParse(arrival.MessageId, out var id) ? id : throw new InvalidOperationException($"No mail of ours: {arrival.MessageId}"),
            arrival => arrival.At);
        var booked = answered.Keys.ToList();
        await using var db = await system.DatabaseAsync();
        var sent = await db.Mails.AsNoTracking()
            .Where(mail => mail.Kind == BookingConfirmation.Kind && booked.Contains(mail.BookingId!.Value))
            .Select(mail => new { mail.EventId, mail.Kind, BookingId = mail.BookingId!.Value })
            .ToListAsync(cancellationToken);
        var waits = sent.ConvertAll(mail => (arrivedAt[new MailId(mail.EventId, mail.Kind)] - answered[mail.BookingId]).TotalMilliseconds);
        return
        [
            new("POST answer → mail, p50, ms", Statistics.Percentile(waits, 50)),
            new("POST answer → mail, p99, ms", Statistics.Percentile(waits, 99)),
            new("POST answer → mail, longest, ms", waits.Max()),
            new("POST → its answer, p50, ms", Statistics.Percentile(answers, 50)),
            new("POST → its answer, p99, ms", Statistics.Percentile(answers, 99)),
            new("mails measured", waits.Count),
        ];

        async Task BookAsync(CancellationToken token)
        {
            var begun = system.Clock.GetUtcNow();
            var booking = await desk.BookAsync(ground.Next(), token);
            var now = system.Clock.GetUtcNow();
            answered[booking] = now;
            answers.Add((now - begun).TotalMilliseconds);
        }
    }
}
