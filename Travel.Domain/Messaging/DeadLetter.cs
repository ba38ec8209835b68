using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RabbitMQ.Client;
using Travel.Contracts.Operations;
using Travel.Domain.Operations;

namespace Travel.Domain.Messaging;

/// <summary>
/// A message that was given up, taken out of the broker so that it can be looked at, paged through and settled by a person: given back to its
/// queue, or dropped for a reason.
/// </summary>
/// <remarks>
/// A queue cannot do that: it hands out its first message and no other, and a quorum queue drops what was handed out and put back too often.
/// There is one row for each death. Queue, id and number of lives say which death it is, so whoever records it again changes nothing, even
/// when it was settled meanwhile.
/// </remarks>
public sealed class DeadLetter
{
    public const int LongestError = 1000;

    private const int LongestName = 255;

    public required Guid Id { get; init; }

    /// <summary>The queue whose consumer gave it up.</summary>
    public required string Queue { get; init; }

    /// <summary>As the message has it; one that has none is recognised by its body.</summary>
    public required string MessageId { get; init; }

    /// <summary>How often it had been given back to its queue before it died this time.</summary>
    public required int Replays { get; init; }

    public string? RoutingKey { get; init; }
    public string? ContentType { get; init; }

    /// <summary>All of them, as one JSON object. Text and no <c>jsonb</c>, which takes not every text.</summary>
    public required string Headers { get; init; }

    public required byte[] Body { get; init; }
    public required int Attempts { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public required DateTimeOffset DiedAt { get; init; }
    public DeadLetterState State { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Null while it waits, and for the button of the Aspire dashboard.</summary>
    public Guid? SettledBy { get; private set; }

    /// <summary>Why it was dropped.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whatever it is: what is no message of ours is dead all the more, and must not be in the way of others.</summary>
    public static DeadLetter Of(string queue, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Queue = queue,
        MessageId = Name(properties.MessageId) ?? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(body.Span)),
        Replays = MessageHeaders.TimesOf(properties, MessageHeaders.Replays),
        RoutingKey = Name(properties.Type),
        ContentType = Name(properties.ContentType),
        Headers = HeaderJson.Write(properties.Headers),
        Body = body.ToArray(),
        Attempts = 1 + MessageHeaders.TimesOf(properties, MessageHeaders.Attempt),
        Error = ErrorOf(properties),
        PublishedAt = InstantOf(properties.Timestamp.UnixTime),
        DiedAt = now,
    };

    /// <summary>The message as it was before it was tried, with one life more behind it.</summary>
    public BasicProperties ToProperties()
    {
        var headers = MessageHeaders.WithoutHistory(HeaderJson.Read(Headers));
        headers[MessageHeaders.Replays] = Replays + 1;
        var properties = new BasicProperties { MessageId = MessageId, Type = RoutingKey, ContentType = ContentType, DeliveryMode = DeliveryModes.Persistent, Headers = headers };
        if (PublishedAt is { } at)
        {
            properties.Timestamp = new AmqpTimestamp(at.ToUnixTimeSeconds());
        }

        return properties;
    }

    public void Replay(Guid? actorId, DateTimeOffset now) => Settle(DeadLetterState.Replayed, actorId, now);

    public void Drop(Guid actorId, string reason, DateTimeOffset now)
    {
        Settle(DeadLetterState.Dropped, actorId, now);
        Reason = reason;
    }

    private void Settle(DeadLetterState state, Guid? actorId, DateTimeOffset now)
    {
        if (State != DeadLetterState.Waiting)
        {
            throw new InvalidOperationException($"The dead letter {Id} was {State} before.");
        }

        State = state;
        SettledAt = now;
        SettledBy = actorId;
    }

    /// <summary>What our consumer said; else what the broker did, which gives up what kills its consumers.</summary>
    private static string? ErrorOf(IReadOnlyBasicProperties properties)
    {
        if (MessageHeaders.TextOf(properties, MessageHeaders.Error) is { Length: > 0 } error)
        {
            return PlainText.Beginning(error, LongestError);
        }

        var lastDeath = (MessageHeaders.ValueOf(properties, MessageHeaders.Deaths) as IEnumerable<object?>)?.OfType<IDictionary<string, object?>>().FirstOrDefault();
        return lastDeath?.TryGetValue("reason", out var reason) == true && reason is byte[] words
            ? PlainText.Beginning($"The broker gave it up: {Encoding.UTF8.GetString(words)}.", LongestError)
            : null;
    }

    private static string? Name(string? text) => string.IsNullOrEmpty(text) ? null : PlainText.Beginning(text, LongestName);

    private static DateTimeOffset? InstantOf(long unixTime) =>
        unixTime > 0 && unixTime <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(unixTime) : null;
}

internal sealed class DeadLetterMapping : IEntityTypeConfiguration<DeadLetter>
{
    public void Configure(EntityTypeBuilder<DeadLetter> builder)
    {
        builder.ToTable("dead_letters");
        builder.Property(letter => letter.Id).ValueGeneratedNever();
        builder.Property(letter => letter.Queue).HasMaxLength(100);
        builder.Property(letter => letter.MessageId).HasMaxLength(255);
        builder.Property(letter => letter.RoutingKey).HasMaxLength(255);
        builder.Property(letter => letter.ContentType).HasMaxLength(255);
        builder.Property(letter => letter.Error).HasMaxLength(DeadLetter.LongestError);
        builder.Property(letter => letter.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(letter => letter.Reason).HasMaxLength(AuditEntry.LongestReason);
        builder.HasIndex(letter => new { letter.Queue, letter.MessageId, letter.Replays }).IsUnique();
        builder.HasIndex(letter => new { letter.State, letter.Id });
        builder.HasIndex(letter => new { letter.Queue, letter.State, letter.Id });
    }
}
