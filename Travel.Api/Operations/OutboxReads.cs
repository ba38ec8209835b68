using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Api.Operations;

/// <summary>What RabbitMQ has refused, as operators see it: what would tell who somebody is, is hidden.</summary>
internal static class OutboxReads
{
    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public static async Task<IReadOnlyList<RefusedMessageResponse>> ListAsync(TravelDbContext db, Guid after, int limit, CancellationToken cancellationToken)
    {
        var rows = await Rows(db, db.Outbox.Refused().Where(message => after == Guid.Empty || message.Id < after))
            .OrderByDescending(row => row.Message.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(ToResponse);
    }

    /// <summary>Also one that does not wait any more, for as long as it is kept.</summary>
    public static async Task<RefusedMessageResponse?> FindAsync(TravelDbContext db, Guid id, CancellationToken cancellationToken) =>
        await Rows(db, db.Outbox.Where(message => message.Id == id && message.Attempts > 0)).SingleOrDefaultAsync(cancellationToken) is { } row ? ToResponse(row) : null;

    private static IQueryable<Row> Rows(TravelDbContext db, IQueryable<OutboxMessage> messages) => messages.AsNoTracking().Select(message => new Row
    {
        Message = message,
        DroppedBy = db.Users.Where(user => user.Id == message.DroppedBy).Select(user => user.DisplayName).FirstOrDefault(),
    });

    private static RefusedMessageResponse ToResponse(Row row)
    {
        var message = row.Message;
        var state = message.DroppedAt is not null ? RefusedMessageState.Dropped : message.PublishedAt is not null ? RefusedMessageState.Published : RefusedMessageState.Waiting;
        return new RefusedMessageResponse(
            message.Id,
            message.RoutingKey,
            state,
            message.Attempts,
            message.LastError,
            message.CreatedAt,
            state == RefusedMessageState.Waiting ? message.NotBefore : null,
            PersonalData.Mask(message.Body),
            message.DroppedAt ?? message.PublishedAt,
            row.DroppedBy,
            message.DropReason);
    }

    private sealed class Row
    {
        public required OutboxMessage Message { get; init; }
        public string? DroppedBy { get; init; }
    }
}
