using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

public sealed class Booking
{
    public required Guid Id { get; init; }

    /// <summary>What people say on the telephone: eight characters that cannot be mistaken for each other.</summary>
    public required string Reference { get; init; }

    public required Guid ListingId { get; init; }
    public required Guid GuestId { get; init; }
    public required DateOnly CheckInOn { get; init; }
    public required DateOnly CheckOutOn { get; init; }
    public required int Guests { get; init; }
    public string? Note { get; init; }
    public required BookingStatus Status { get; init; }

    /// <summary>As the listing had it when the booking was made.</summary>
    public required PaymentMode PaymentMode { get; init; }

    /// <summary>The price and the terms the guest agreed to, frozen.</summary>
    public required Quote Quote { get; init; }

    public required long TotalMinorUnits { get; init; }
    public required string Currency { get; init; }
    public DateTimeOffset? HoldExpiresAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Rises with every state change; messages carry it, so that a late one is known to be old.</summary>
    public required int Version { get; init; }

    public Listing? Listing { get; init; }
    public User? Guest { get; init; }

    /// <summary>A booking that counts at once: an instant listing whose guest pays on arrival.</summary>
    public static Booking Confirm(Listing listing, Guid guestId, StayRequest stay, Quote quote, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Reference = BookingReference.New(),
        ListingId = listing.Id,
        GuestId = guestId,
        CheckInOn = stay.CheckIn,
        CheckOutOn = stay.CheckOut,
        Guests = stay.Guests,
        Note = stay.Note,
        Status = BookingStatus.Confirmed,
        PaymentMode = listing.PaymentMode,
        Quote = quote,
        TotalMinorUnits = quote.Total.MinorUnits,
        Currency = quote.Currency,
        CreatedAt = now,
        Version = 1,
    };

    public BookingResponse ToResponse(Listing listing) => new(
        Id,
        Reference,
        Status,
        new BookedListing(
            listing.Id, listing.Slug, listing.Title, listing.City, listing.Country, listing.TimeZone, listing.CheckInTime, listing.CheckOutTime),
        CheckInOn,
        CheckOutOn,
        Guests,
        Note,
        Quote,
        PaymentMode,
        HoldExpiresAt,
        CreatedAt);
}

internal sealed class BookingMapping : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings");
        builder.Property(booking => booking.Id).ValueGeneratedNever();
        builder.Property(booking => booking.Reference).HasMaxLength(8).IsFixedLength();
        builder.Property(booking => booking.Note).HasMaxLength(1000);
        builder.Property(booking => booking.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(booking => booking.PaymentMode).HasConversion<string>().HasMaxLength(20);
        builder.Property(booking => booking.Currency).HasMaxLength(3).IsFixedLength();
        builder.Property(booking => booking.Version).IsConcurrencyToken();
        builder.Property(booking => booking.Quote).HasColumnType("jsonb").HasConversion(
            quote => System.Text.Json.JsonSerializer.Serialize(quote, TravelJson.Options),
            json => System.Text.Json.JsonSerializer.Deserialize<Quote>(json, TravelJson.Options)!);
        builder.HasIndex(booking => booking.Reference).IsUnique();
        builder.HasIndex(booking => booking.ListingId);
        builder.HasIndex(booking => new { booking.GuestId, booking.CreatedAt });
        builder.HasOne(booking => booking.Listing).WithMany().HasForeignKey(booking => booking.ListingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(booking => booking.Guest).WithMany().HasForeignKey(booking => booking.GuestId).OnDelete(DeleteBehavior.Restrict);
    }
}
