using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Operations;

namespace Travel.Domain.Listings;

public sealed class Listing
{
    public required Guid Id { get; init; }
    public required Guid HostId { get; init; }

    /// <summary>Its public address. Follows the title until the first publication and stays from then on.</summary>
    public required string Slug { get; set; }
    public required string Title { get; set; }
    public required string Description { get; set; }
    public required ListingType Type { get; set; }
    public required ListingStatus Status { get; set; }
    public required string City { get; set; }
    public string? Region { get; set; }
    public required string Country { get; set; }

    /// <summary>Degrees north, WGS 84.</summary>
    public required double Latitude { get; set; }

    /// <summary>Degrees east, WGS 84.</summary>
    public required double Longitude { get; set; }

    /// <summary>IANA zone; nights, check-in and "today" of this listing are in it.</summary>
    public required string TimeZone { get; set; }

    public required TimeOnly CheckInTime { get; set; }
    public required TimeOnly CheckOutTime { get; set; }
    public required int MaxGuests { get; set; }
    public required int Bedrooms { get; set; }
    public required int MinNights { get; set; }
    public required int MaxNights { get; set; }

    /// <summary>The base price. What the rates mean together is in docs/pricing.md.</summary>
    public required long PricePerNightMinorUnits { get; set; }

    /// <summary>Of all amounts of this listing.</summary>
    public required string Currency { get; set; }

    /// <summary>Of weekend nights outside seasons; null: the base price.</summary>
    public long? WeekendPriceMinorUnits { get; set; }

    /// <summary>The days on whose evening a weekend night begins.</summary>
    public List<DayOfWeek> WeekendNights { get; set; } = [DayOfWeek.Friday, DayOfWeek.Saturday];

    /// <summary>Once a stay.</summary>
    public long CleaningFeeMinorUnits { get; set; }

    /// <summary>A night, for each guest beyond <see cref="IncludedGuests"/>.</summary>
    public long ExtraGuestFeeMinorUnits { get; set; }

    /// <summary>How many guests the price of a night is for; null: as many as the place takes.</summary>
    public int? IncludedGuests { get; set; }

    /// <summary>Null when it was loaded without its rates, see <see cref="ListingRates.WithRates"/>; pricing refuses it then.</summary>
    public List<Season>? Seasons { get; set; }

    /// <summary>Null when it was loaded without them.</summary>
    public List<Photo>? Photos { get; init; }

    public required CancellationPolicy CancellationPolicy { get; set; }
    public required PaymentMode PaymentMode { get; set; }
    public required BookingMode BookingMode { get; set; }
    public required List<string> Amenities { get; set; }

    /// <summary>Mean of the reviews, 1 to 5; null without reviews. Changed by <see cref="Reviews.ListingRatings"/> alone.</summary>
    public decimal? Rating { get; init; }

    public int ReviewCount { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>For the first time; null while it has always been a draft.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Since when an operator does not let guests see it; null when none says so. It is archived then, and cannot be published.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    public Guid? SuspendedBy { get; init; }
    public string? SuspensionReason { get; init; }

    /// <summary>Rises with every change; clients see it as the ETag.</summary>
    public required int Version { get; set; }

    public User? Host { get; init; }

    public Money PricePerNight => new(PricePerNightMinorUnits, Currency);

    /// <summary>The date it is at the listing.</summary>
    public DateOnly TodayAt(DateTimeOffset now) => LocalTime.DayAt(now, TimeZone);
}

internal sealed class ListingMapping : IEntityTypeConfiguration<Listing>
{
    public void Configure(EntityTypeBuilder<Listing> builder)
    {
        builder.ToTable("listings");
        builder.Property(listing => listing.Id).ValueGeneratedNever();
        builder.Property(listing => listing.Slug).HasMaxLength(120);
        builder.Property(listing => listing.Title).HasMaxLength(120);
        builder.Property(listing => listing.Description).HasMaxLength(5000);
        builder.Property(listing => listing.City).HasMaxLength(100);
        builder.Property(listing => listing.Region).HasMaxLength(100);
        builder.Property(listing => listing.Country).HasMaxLength(100);
        builder.Property(listing => listing.TimeZone).HasMaxLength(60);
        builder.Property(listing => listing.Currency).HasMaxLength(3).IsFixedLength();
        builder.Property(listing => listing.Type).HasConversion<string>().HasMaxLength(20);
        builder.Property(listing => listing.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(listing => listing.CancellationPolicy).HasConversion<string>().HasMaxLength(20);
        builder.Property(listing => listing.PaymentMode).HasConversion<string>().HasMaxLength(20);
        builder.Property(listing => listing.BookingMode).HasConversion<string>().HasMaxLength(20);
        builder.Property(listing => listing.Rating).HasPrecision(3, 2);
        builder.Property(listing => listing.SuspensionReason).HasMaxLength(AuditEntry.LongestReason);
        builder.Property(listing => listing.Version).IsConcurrencyToken();
        builder.Ignore(listing => listing.PricePerNight);
        builder.PrimitiveCollection(listing => listing.WeekendNights);
        builder.HasMany(listing => listing.Seasons).WithOne().HasForeignKey(season => season.ListingId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(listing => listing.Photos).WithOne().HasForeignKey(photo => photo.ListingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(listing => listing.Slug).IsUnique();
        builder.HasIndex(listing => listing.HostId);
        builder.HasOne(listing => listing.Host).WithMany().HasForeignKey(listing => listing.HostId).OnDelete(DeleteBehavior.Restrict);
    }
}
