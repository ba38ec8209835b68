using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts;

namespace Travel.Domain.Idempotency;

/// <summary>A request that its caller may repeat: who asks, under which key, and what for.</summary>
public sealed class IdempotentRequest
{
    public const int LongestKey = 200;

    /// <summary>How long an answer is remembered. A row that is older counts as unused, whether it has been pruned or not.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private readonly Guid callerId;
    private readonly string key;
    private readonly byte[] hash;

    private IdempotentRequest(Guid callerId, string key, byte[] hash) => (this.callerId, this.key, this.hash) = (callerId, key, hash);

    /// <summary>The key for this transaction, with what is known of it; to be read by <see cref="ReadAsync"/>.</summary>
    internal FormattableString[] Questions =>
    [
        $"SELECT set_config('travel.has_key', pg_try_advisory_xact_lock(hashtextextended({$"idempotency:{callerId}:{key}"}, 0))::text, true)::boolean",
        $"SELECT created_at, request_hash, response FROM idempotency_keys WHERE caller_id = {callerId} AND key = {key}",
    ];

    /// <param name="operation">What the body asks for; the same key and body for another operation is another request.</param>
    public static IdempotentRequest Of<TBody>(Guid callerId, string key, string operation, TBody body) =>
        new(callerId, key, SHA256.HashData(Encoding.UTF8.GetBytes(operation + "\n" + JsonSerializer.Serialize(body, TravelJson.Options))));

    /// <summary>
    /// Takes the key for this transaction, without waiting: a rival that holds it is answering the same request at this moment.
    /// </summary>
    public async Task<KeyState> TakeAsync(TravelDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = await db.AskAsync(results => ReadAsync(results, now, cancellationToken), cancellationToken, Questions);
        await ForgetExpiredAsync(db, state, cancellationToken);
        return state;
    }

    /// <summary>True behind <see cref="Questions"/>, in the transaction that has taken the key by them, when there is no answer to it yet.</summary>
    internal FormattableString IsToBeAnswered(DateTimeOffset now) =>
        $"""
        current_setting('travel.has_key')::boolean AND NOT EXISTS (
            SELECT FROM idempotency_keys WHERE caller_id = {callerId} AND key = {key} AND created_at > {now - KeptFor})
        """;

    internal async Task<KeyState> ReadAsync(NpgsqlDataReader results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isOurs = await results.RowsAsync(row => row.GetBoolean(0), cancellationToken);
        var known = await results.RowsAsync(
            row => new KnownAnswer(row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<byte[]>(1), row.GetString(2)), cancellationToken);
        return (isOurs, known) switch
        {
            ([false], _) => new KeyState.InFlight(),
            (_, []) => new KeyState.Unused(IsExpired: false),
            (_, [var answer]) when answer.CreatedAt <= now - KeptFor => new KeyState.Unused(IsExpired: true),
            (_, [var answer]) when CryptographicOperations.FixedTimeEquals(answer.RequestHash, hash) => new KeyState.Answered(answer.Response),
            _ => new KeyState.UsedForAnotherRequest(),
        };
    }

    /// <summary>Makes room for the answer where an old one is still there.</summary>
    internal Task ForgetExpiredAsync(TravelDbContext db, KeyState state, CancellationToken cancellationToken) =>
        state is KeyState.Unused { IsExpired: true } ? ForgetAsync(db, cancellationToken) : Task.CompletedTask;

    /// <summary>The key counts as unused again; in the transaction that took it, or decided that there is nothing to remember.</summary>
    public Task ForgetAsync(TravelDbContext db, CancellationToken cancellationToken) =>
        db.IdempotencyKeys.Where(row => row.CallerId == callerId && row.Key == key).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The row that remembers the answer; to be saved in the transaction that took the key.</summary>
    public IdempotencyKey Answer<TResponse>(TResponse response, DateTimeOffset now) => new()
    {
        CallerId = callerId,
        Key = key,
        RequestHash = hash,
        Response = JsonSerializer.Serialize(response, TravelJson.Options),
        CreatedAt = now,
    };

    private sealed record KnownAnswer(DateTimeOffset CreatedAt, byte[] RequestHash, string Response);
}

public abstract record KeyState
{
    private KeyState()
    {
    }

    /// <param name="IsExpired">Its row is there yet.</param>
    public sealed record Unused(bool IsExpired) : KeyState;

    public sealed record InFlight : KeyState;

    public sealed record UsedForAnotherRequest : KeyState;

    public sealed record Answered(string Response) : KeyState
    {
        public TResponse As<TResponse>() => JsonSerializer.Deserialize<TResponse>(Response, TravelJson.Options)!;
    }
}
