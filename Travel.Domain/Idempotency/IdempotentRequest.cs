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

    /// <param name="operation">What the body asks for; the same key and body for another operation is another request.</param>
    public static IdempotentRequest Of<TBody>(Guid callerId, string key, string operation, TBody body) =>
        new(callerId, key, SHA256.HashData(Encoding.UTF8.GetBytes(operation + "\n" + JsonSerializer.Serialize(body, TravelJson.Options))));

    /// <summary>
    /// Takes the key for this transaction, without waiting: a rival that holds it is answering the same request at this moment.
    /// </summary>
    public async Task<KeyState> TakeAsync(TravelDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lockName = $"idempotency:{callerId}:{key}";
        var (isOurs, known) = await db.AskAsync(
            ReadAsync,
            cancellationToken,
            $"SELECT pg_try_advisory_xact_lock(hashtextextended({lockName}, 0))",
            $"SELECT created_at, request_hash, response FROM idempotency_keys WHERE caller_id = {callerId} AND key = {key}");
        if (!isOurs)
        {
            return new KeyState.InFlight();
        }

        if (known?.CreatedAt <= now - KeptFor)
        {
            await ForgetAsync(db, cancellationToken);
            known = null;
        }

        return known switch
        {
            null => new KeyState.Unused(),
            _ when CryptographicOperations.FixedTimeEquals(known.RequestHash, hash) => new KeyState.Answered(known.Response),
            _ => new KeyState.UsedForAnotherRequest(),
        };

        async Task<(bool IsTaken, KnownAnswer? Known)> ReadAsync(NpgsqlDataReader results)
        {
            await results.ReadAsync(cancellationToken);
            var isTaken = results.GetBoolean(0);
            await results.NextResultAsync(cancellationToken);
            return (isTaken, await results.ReadAsync(cancellationToken)
                ? new KnownAnswer(results.GetFieldValue<DateTimeOffset>(0), results.GetFieldValue<byte[]>(1), results.GetString(2))
                : null);
        }
    }

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

    public sealed record Unused : KeyState;

    public sealed record InFlight : KeyState;

    public sealed record UsedForAnotherRequest : KeyState;

    public sealed record Answered(string Response) : KeyState
    {
        public TResponse As<TResponse>() => JsonSerializer.Deserialize<TResponse>(Response, TravelJson.Options)!;
    }
}
