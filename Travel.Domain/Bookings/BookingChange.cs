using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

public enum BookingChangeStatus
{
    /// <summary>Has its nights and waits for its payment.</summary>
    Pending,

    /// <summary>Paid, and the booking's stay by now.</summary>
    Applied,

    /// <summary>Not paid in time.</summary>
    Expired,

    /// <summary>Another change took its place, or the booking was cancelled or ended early.</summary>
    Withdrawn,
}

/// <summary>A dearer stay that a guest who pays online wants in place of the booked one. A booking has at most one that is pending.</summary>
public sealed class BookingChange
{
    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }

    /// <summary>The booking's, kept here because what is stale is looked for by listing.</summary>
    public required Guid ListingId { get; init; }

    /// <summary>The new nights, the booking's own like the old ones.</summary>
    public required Guid OccupancyId { get; init; }

    public required DateOnly CheckInOn { get; init; }
    public required DateOnly CheckOutOn { get; init; }
    public required int Guests { get; init; }
    public required Quote Quote { get; init; }
    public BookingChangeStatus Status { get; private set; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stopped being pending.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    public Booking? Booking { get; init; }

    public static BookingChange Of(
        Booking booking, StayRequest stay, Quote quote, Guid occupancyId, DateTimeOffset expiresAt, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            BookingId = booking.Id,
            ListingId = booking.ListingId,
            OccupancyId = occupancyId,
            CheckInOn = stay.CheckIn,
            CheckOutOn = stay.CheckOut,
            Guests = stay.Guests,
            Quote = quote,
            ExpiresAt = expiresAt,
            CreatedAt = now,
        };

    /// <summary>When the new stay begins, at the place of the booking.</summary>
    public DateTimeOffset CheckInAt(Booking booking) => LocalTime.At(CheckInOn, booking.CheckInTime, booking.TimeZone);

    public void Apply(DateTimeOffset now) => Settle(BookingChangeStatus.Applied, now);

    /// <summary>It was paid late, and its nights were still free.</summary>
    public void TakeAgain()
    {
        if (Status != BookingChangeStatus.Expired)
        {
            throw new InvalidOperationException($"A change that is {Status} cannot be taken again.");
        }

        (Status, SettledAt) = (BookingChangeStatus.Pending, null);
    }

    public void Expire(DateTimeOffset now) => Settle(BookingChangeStatus.Expired, now);

    public void Withdraw(DateTimeOffset now) => Settle(BookingChangeStatus.Withdrawn, now);

    private void Settle(BookingChangeStatus status, DateTimeOffset now)
    {
        if (Status != BookingChangeStatus.Pending)
        {
            throw new InvalidOperationException($"A change that is {Status} cannot be settled again.");
        }

        (Status, SettledAt) = (status, now);
    }
}

internal sealed class BookingChangeMapping : IEntityTypeConfiguration<BookingChange>
{
    public void Configure(EntityTypeBuilder<BookingChange> builder)
    {
        builder.ToTable("booking_changes");
        builder.Property(change => change.Id).ValueGeneratedNever();
        builder.Property(change => change.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(change => change.Quote).HasColumnType("jsonb").HasConversion(
            quote => System.Text.Json.JsonSerializer.Serialize(quote, TravelJson.Options),
            json => System.Text.Json.JsonSerializer.Deserialize<Quote>(json, TravelJson.Options)!);
        builder.HasOne(change => change.Booking).WithMany().HasForeignKey(change => change.BookingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Listings.Listing>().WithMany().HasForeignKey(change => change.ListingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Availability.Occupancy>().WithMany().HasForeignKey(change => change.OccupancyId).OnDelete(DeleteBehavior.Restrict);
    }
}
