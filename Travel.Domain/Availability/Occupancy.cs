using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using NpgsqlTypes;
using Travel.Domain.Listings;

namespace Travel.Domain.Availability;

/// <summary>
/// Nights of a listing that belong to somebody. While it is active the database lets no other owner have any of them
/// (constraint <see cref="NoOverlap"/>).
/// </summary>
public sealed class Occupancy
{
    /// <summary>The exclusion constraint behind "nothing is double-booked".</summary>
    public const string NoOverlap = "occupancies_no_overlap";

    public required Guid Id { get; init; }
    public required Guid ListingId { get; init; }

    /// <summary>The booking or the block. One owner may overlap itself, so that a change of dates can hold old and new nights.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Half-open: check-out is not a night.</summary>
    public required NpgsqlRange<DateOnly> Stay { get; init; }

    public required bool Active { get; set; }

    public static Occupancy For(Guid owner, Guid listing, DateOnly checkIn, DateOnly checkOut, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ListingId = listing,
        OwnerId = owner,
        Stay = Nights(checkIn, checkOut),
        Active = true,
    };

    public static NpgsqlRange<DateOnly> Nights(DateOnly checkIn, DateOnly checkOut) =>
        new(checkIn, lowerBoundIsInclusive: true, checkOut, upperBoundIsInclusive: false);

    /// <summary>Whether the database refused to give one night to two owners.</summary>
    public static bool IsOverlap(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation, ConstraintName: NoOverlap };
}

internal sealed class OccupancyMapping : IEntityTypeConfiguration<Occupancy>
{
    public void Configure(EntityTypeBuilder<Occupancy> builder)
    {
        builder.ToTable("occupancies");
        builder.Property(occupancy => occupancy.Id).ValueGeneratedNever();
        builder.HasOne<Listing>().WithMany().HasForeignKey(occupancy => occupancy.ListingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(occupancy => occupancy.OwnerId);
    }
}
