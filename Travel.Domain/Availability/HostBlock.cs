using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts.Availability;
using Travel.Domain.Listings;

namespace Travel.Domain.Availability;

/// <summary>Nights the host keeps closed. It owns them in <c>occupancies</c> as a booking does.</summary>
public sealed class HostBlock
{
    public const int LongestNote = 500;

    public required Guid Id { get; init; }
    public required Guid ListingId { get; init; }

    /// <summary>The first night that is closed.</summary>
    public required DateOnly FromOn { get; init; }

    /// <summary>The day the place is open again.</summary>
    public required DateOnly ToOn { get; init; }

    public string? Note { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public BlockResponse ToResponse() => new(Id, FromOn, ToOn, Note, CreatedAt);
}

internal sealed class HostBlockMapping : IEntityTypeConfiguration<HostBlock>
{
    public void Configure(EntityTypeBuilder<HostBlock> builder)
    {
        builder.ToTable("host_blocks");
        builder.Property(block => block.Id).ValueGeneratedNever();
        builder.Property(block => block.Note).HasMaxLength(HostBlock.LongestNote);
        builder.HasIndex(block => new { block.ListingId, block.Id });
        builder.HasOne<Listing>().WithMany().HasForeignKey(block => block.ListingId).OnDelete(DeleteBehavior.Restrict);
    }
}
