using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Payments;

/// <summary>A webhook with a good signature, as it came. It proves nothing but that the gateway is to be asked.</summary>
public sealed class GatewayNotice
{
    public required Guid Id { get; init; }
    public required string TxRef { get; init; }

    /// <summary>The gateway's own, of the payment. With event, status and refund it makes one notice of many that say the same.</summary>
    public required string Reference { get; init; }

    public required string Event { get; init; }
    public required string Status { get; init; }

    /// <summary>Our reference of the refund that it is about; null when it is about the payment.</summary>
    public string? RefundReference { get; init; }

    public required string Body { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class GatewayNoticeMapping : IEntityTypeConfiguration<GatewayNotice>
{
    public void Configure(EntityTypeBuilder<GatewayNotice> builder)
    {
        builder.ToTable("gateway_notices");
        builder.Property(notice => notice.Id).ValueGeneratedNever();
        builder.Property(notice => notice.TxRef).HasMaxLength(50);
        builder.Property(notice => notice.Reference).HasMaxLength(100);
        builder.Property(notice => notice.Event).HasMaxLength(50);
        builder.Property(notice => notice.Status).HasMaxLength(50);
        builder.Property(notice => notice.RefundReference).HasMaxLength(50);
        builder.Property(notice => notice.Body).HasColumnType("jsonb");
    }
}
