using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;

namespace Travel.Domain.Reviews;

/// <summary>What a guest says of a stay that is over: one for each booking.</summary>
public sealed class Review
{
    public const int LongestText = 4000;

    /// <summary>The constraint behind "one for each booking".</summary>
    public const string OnePerBooking = "reviews_booking_id_key";

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }

    /// <summary>The booking's, kept here because reviews are read by listing.</summary>
    public required Guid ListingId { get; init; }

    /// <summary>The booking's.</summary>
    public required Guid GuestId { get; init; }

    /// <summary>1 to 5, 5 is best.</summary>
    public required int Rating { get; set; }

    public required string Text { get; set; }

    /// <summary>The host's public answer.</summary>
    public string? Reply { get; set; }

    public DateTimeOffset? RepliedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the guest changed it last.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    public User? Guest { get; init; }
}

internal sealed class ReviewMapping : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable("reviews");
        builder.Property(review => review.Id).ValueGeneratedNever();
        builder.Property(review => review.Text).HasMaxLength(Review.LongestText);
        builder.Property(review => review.Reply).HasMaxLength(Review.LongestText);
        builder.HasIndex(review => review.BookingId).IsUnique();
        builder.HasIndex(review => new { review.ListingId, review.Id });
        builder.HasIndex(review => review.GuestId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(review => review.BookingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Listing>().WithMany().HasForeignKey(review => review.ListingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(review => review.Guest).WithMany().HasForeignKey(review => review.GuestId).OnDelete(DeleteBehavior.Restrict);
    }
}
