using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Domain.Operations;

namespace Travel.Domain.Outbox;

/// <summary>
/// A message that is to be on the bus because of a change, written in the change's own transaction: the change and the promise
/// to tell of it are committed together or not at all.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>The message id on the bus; consumers recognise a repetition by it.</summary>
    public required Guid Id { get; init; }

    public required string RoutingKey { get; init; }
    public required string Body { get; init; }

    /// <summary>W3C trace context of the change, so that one trace runs from the click to the last consumer.</summary>
    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>How often the broker has refused it.</summary>
    public int Attempts { get; init; }

    /// <summary>When to try again what the broker has refused, so that it is in nobody's way until then.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What the broker said, the last time.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when nobody tries to publish it any more, because an operator has said so.</summary>
    public DateTimeOffset? DroppedAt { get; init; }

    public Guid? DroppedBy { get; init; }
    public string? DropReason { get; init; }

    public static OutboxMessage Of<TMessage>(TMessage message, DateTimeOffset now)
        where TMessage : IMessage => new()
        {
            Id = Guid.CreateVersion7(now),
            RoutingKey = TMessage.RoutingKey,
            Body = JsonSerializer.Serialize(message, TravelJson.Options),
            TraceParent = Activity.Current?.Id,
            TraceState = Activity.Current?.TraceStateString,
            CreatedAt = now,
        };
}

internal sealed class OutboxMessageMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public const int LongestError = 500;

    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_messages");
        builder.Property(message => message.Id).ValueGeneratedNever();
        builder.Property(message => message.RoutingKey).HasMaxLength(100);
        builder.Property(message => message.TraceParent).HasMaxLength(100);
        builder.Property(message => message.TraceState).HasMaxLength(512);
        builder.Property(message => message.LastError).HasMaxLength(LongestError);
        builder.Property(message => message.DropReason).HasMaxLength(AuditEntry.LongestReason);
    }
}
