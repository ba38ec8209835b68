using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Idempotency;

/// <summary>
/// What a request with an Idempotency-Key was answered, kept so that its repetition gets the same answer and no second effect
/// (IETF draft-ietf-httpapi-idempotency-key-header). Written in the transaction of the effect itself.
/// </summary>
public sealed class IdempotencyKey
{
    public required Guid CallerId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked; another body under the same key is the caller's mistake.</summary>
    public required byte[] RequestHash { get; init; }

    public required string Response { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class IdempotencyKeyMapping : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(row => new { row.CallerId, row.Key });
        builder.Property(row => row.Key).HasMaxLength(200);
        builder.HasIndex(row => row.CreatedAt);
    }
}
