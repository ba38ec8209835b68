using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Seeding;

/// <summary>That this database has the demo data. Its one row is written in the transaction that loads them.</summary>
public sealed class DemoData
{
    public int Id { get; init; } = 1;

    /// <summary>The day, in UTC, that all dates in the demo data are counted from.</summary>
    public required DateOnly AnchorOn { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }
}

internal sealed class DemoDataMapping : IEntityTypeConfiguration<DemoData>
{
    public void Configure(EntityTypeBuilder<DemoData> builder)
    {
        builder.ToTable("demo_data");
        builder.Property(data => data.Id).ValueGeneratedNever();
    }
}
