using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Travel.Bench.Mails;
using Travel.Bench.Smtp;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Bench.Soak;

/// <summary>What bookings have left behind in the database and in the broker.</summary>
/// <param name="listings">Where those bookings are; others that the graph has are nobody's business here.</param>
internal sealed class SoakTraces(Func<Task<TravelDbContext>> databaseAsync, Func<Task<Uri>> brokerAsync, IReadOnlyList<Guid> listings)
{
    private static readonly IReadOnlyList<string> Queues =
        [.. Topology.Queues.SelectMany(queue => Topology.RetryDelays.Select(queue.RetryAfter).Prepend(queue.DeadLetters).Prepend(queue.Name))];

    /// <summary>How many events, mails and messages are still to be dealt with; none when it is quiet.</summary>
    public async Task<int> LeftAsync(CancellationToken cancellationToken)
    {
        await using var db = await databaseAsync();
        var unpublished = await db.Outbox.Waiting().CountAsync(cancellationToken);
        var called = await Bookings(db).CountAsync(cancellationToken) * BookedMails.Kinds.Count;
        var sent = await Mails(db).CountAsync(mail => mail.Status == MailStatus.Sent, cancellationToken);
        var left = unpublished + called - sent;
        return left > 0 ? left : await CountAsync(cancellationToken);
    }

    public async Task<SoakEvidence> GatherAsync(CancellationToken cancellationToken)
    {
        await using var db = await databaseAsync();
        var booked = await Bookings(db).ToListAsync(cancellationToken);
        return new SoakEvidence
        {
            Kinds = BookedMails.Kinds,
            Answered = [],
            Refused = [],
            Booked = booked,
            Events = await EventsAsync(db, booked.ToHashSet(), cancellationToken),
            Noted = await Mails(db).Select(mail => new NotedMail(new MailId(mail.EventId, mail.Kind), mail.Status, mail.Attempts)).ToListAsync(cancellationToken),
            Arrivals = [],
            Deaths = [],
            Unpublished = await db.Outbox.Waiting().CountAsync(cancellationToken),
            Queued = await CountAsync(cancellationToken),
            DeadLetters = 0,
            Breaches = [],
        };
    }

    public async Task<IReadOnlyList<string>> BreachesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databaseAsync();
        var breaches = await new CheckInvariants(db, NullLogger<CheckInvariants>.Instance).ExecuteAsync(cancellationToken);
        return [.. breaches.Select(breach => $"{breach.Invariant.Rule} {string.Join("; ", breach.Rows)}")];
    }

    public async Task<int> DeadLettersAsync(CancellationToken cancellationToken)
    {
        await using var db = await databaseAsync();
        return await db.DeadLetters.CountAsync(letter => letter.State == DeadLetterState.Waiting, cancellationToken);
    }

    private IQueryable<Guid> Bookings(TravelDbContext db) => db.Bookings.Where(booking => listings.Contains(booking.ListingId)).Select(booking => booking.Id);

    private IQueryable<MailMessage> Mails(TravelDbContext db) => db.Mails.AsNoTracking().Where(mail => Bookings(db).Contains(mail.BookingId!.Value));

    private static async Task<IReadOnlyList<ToldBooking>> EventsAsync(TravelDbContext db, HashSet<Guid> booked, CancellationToken cancellationToken)
    {
        var rows = await db.Outbox.AsNoTracking().Where(row => row.RoutingKey == BookingConfirmed.RoutingKey)
            .Select(row => new { row.Id, row.Body }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new ToldBooking(row.Id, JsonSerializer.Deserialize<BookingConfirmed>(row.Body, TravelJson.Options)!.BookingId))
                .Where(told => booked.Contains(told.BookingId)),
        ];
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = await brokerAsync(), AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await Topology.DeclareAsync(channel, cancellationToken);
        var count = 0;
        foreach (var queue in Queues)
        {
            count += (int)await channel.MessageCountAsync(queue, cancellationToken);
        }

        return count;
    }
}
