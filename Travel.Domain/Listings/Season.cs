using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Listings;

/// <summary>Nights of a listing that have a price of their own. Those of one listing do not overlap (constraint <see cref="NoOverlap"/>).</summary>
public sealed class Season
{
    /// <summary>The exclusion constraint behind "every night has exactly one rate".</summary>
    public const string NoOverlap = "listing_seasons_no_overlap";

    public required Guid Id { get; init; }
    public required Guid ListingId { get; init; }

    /// <summary>As guests read it in a quote.</summary>
    public required string Name { get; init; }

    /// <summary>Its first night.</summary>
    public required DateOnly FromOn { get; init; }

    /// <summary>The day after its last night.</summary>
    public required DateOnly ToOn { get; init; }

    /// <summary>Of each night, in the listing's currency.</summary>
    public required long PricePerNightMinorUnits { get; init; }

    /// <summary>Asked of stays that begin in the season; null: what the listing asks.</summary>
    public int? MinNights { get; init; }

    public bool Has(DateOnly night) => FromOn <= night && night < ToOn;
}

internal sealed class SeasonMapping : IEntityTypeConfiguration<Season>
{
    public void Configure(EntityTypeBuilder<Season> builder)
    {
        builder.ToTable("listing_seasons");
        builder.Property(season => season.Id).ValueGeneratedNever();
        builder.Property(season => season.Name).HasMaxLength(60);
    }
}
