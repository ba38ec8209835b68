using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Payments;

/// <summary>What the gateway's books and ours said of some days, side by side.</summary>
public sealed class GatewayReport
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>From when on payments were compared.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Payments and refunds that were looked at on both sides.</summary>
    public required int Compared { get; init; }

    /// <summary>One sentence each; none when the books agree.</summary>
    public required string[] Differences { get; init; }
}

internal sealed class GatewayReportMapping : IEntityTypeConfiguration<GatewayReport>
{
    public void Configure(EntityTypeBuilder<GatewayReport> builder)
    {
        builder.ToTable("gateway_reports");
        builder.Property(report => report.Id).ValueGeneratedNever();
    }
}
