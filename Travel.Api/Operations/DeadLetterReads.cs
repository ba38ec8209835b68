using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Messaging;
using Travel.Domain.Operations;

namespace Travel.Api.Operations;

/// <summary>Dead letters as operators see them: what would tell who somebody is, is hidden.</summary>
internal static class DeadLetterReads
{
    /// <summary>Of a body; ours have some hundred bytes.</summary>
    private const int MostBytes = 16 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As they are written on the wire.</summary>
    public static IReadOnlyList<string> States { get; } = [.. Enum.GetValues<DeadLetterState>().Select(NameOf)];

    public static bool TryParse(string text, out DeadLetterState state)
    {
        state = Enum.GetValues<DeadLetterState>().FirstOrDefault(known => NameOf(known) == text);
        return States.Contains(text, StringComparer.Ordinal);
    }

    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    /// <param name="queue">Null: of all queues.</param>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public static async Task<IReadOnlyList<DeadLetterResponse>> ListAsync(
        TravelDbContext db, string? queue, DeadLetterState state, Guid after, int limit, CancellationToken cancellationToken)
    {
        var wanted = state.ToString();
        var letters = Rows(db).Where(letter => letter.State == wanted);
        letters = queue is null ? letters : letters.Where(letter => letter.Queue == queue);
        letters = after == Guid.Empty ? letters : letters.Where(letter => letter.Id < after);
        var rows = await letters.OrderByDescending(letter => letter.Id).Take(limit).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.ToResponse());
    }

    public static async Task<DeadLetterResponse?> FindAsync(TravelDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await Rows(db).SingleOrDefaultAsync(letter => letter.Id == id, cancellationToken))?.ToResponse();

    /// <summary>A body is cut off where it lies: one may have many megabytes.</summary>
    private static IQueryable<Row> Rows(TravelDbContext db) => db.Database.SqlQuery<Row>(
        $"""
        SELECT d.id AS "Id", d.queue AS "Queue", d.message_id AS "MessageId", d.routing_key AS "RoutingKey", d.state AS "State", d.attempts AS "Attempts",
            d.replays AS "Replays", d.error AS "Error", d.published_at AS "PublishedAt", d.died_at AS "DiedAt", d.headers AS "Headers",
            substring(d.body FROM 1 FOR {MostBytes}) AS "Body", octet_length(d.body) AS "SizeBytes", d.settled_at AS "SettledAt",
            (SELECT u.display_name FROM users u WHERE u.id = d.settled_by) AS "SettledBy", d.reason AS "Reason"
        FROM dead_letters d
        """);

    private static IReadOnlyList<DeadLetterHeader> HeadersOf(string json) =>
    [
        .. JsonSerializer.Deserialize<JsonElement>(json).EnumerateObject().OrderBy(header => header.Name, StringComparer.Ordinal).Select(header => new DeadLetterHeader(
            header.Name,
            MessageHeaders.IsOfBroker(header.Name) ? header.Value.ToString()
                : PersonalData.IsPersonal(header.Name) ? PersonalData.Hidden
                : header.Value.ValueKind == JsonValueKind.String ? PersonalData.MaskText(header.Value.GetString()!)
                : PersonalData.Mask(header.Value.GetRawText()))),
    ];

    private static string TextOf(byte[] body, int sizeBytes)
    {
        try
        {
            // A cut goes through the middle of something, which is then no JSON and perhaps no text.
            return sizeBytes > body.Length ? PersonalData.MaskText(Encoding.UTF8.GetString(body)) : PersonalData.Mask(Strict.GetString(body));
        }
        catch (DecoderFallbackException)
        {
            return "";
        }
    }

    private static string NameOf(DeadLetterState state) => JsonSerializer.SerializeToElement(state, TravelJson.Options).GetString()!;

    private sealed record Row(
        Guid Id,
        string Queue,
        string MessageId,
        string? RoutingKey,
        string State,
        int Attempts,
        int Replays,
        string? Error,
        DateTimeOffset? PublishedAt,
        DateTimeOffset DiedAt,
        string Headers,
        byte[] Body,
        int SizeBytes,
        DateTimeOffset? SettledAt,
        string? SettledBy,
        string? Reason)
    {
        public DeadLetterResponse ToResponse() => new(
            Id,
            Queue,
            PersonalData.MaskText(MessageId),
            RoutingKey is null ? null : PersonalData.MaskText(RoutingKey),
            Enum.Parse<DeadLetterState>(State),
            Attempts,
            Replays,
            Error is null ? null : PersonalData.MaskText(Error),
            PublishedAt,
            DiedAt,
            HeadersOf(Headers),
            TextOf(Body, SizeBytes),
            SizeBytes,
            SettledAt,
            SettledBy,
            Reason);
    }
}
