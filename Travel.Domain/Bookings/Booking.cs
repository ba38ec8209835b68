using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;
using Travel.Domain.Payments;

namespace Travel.Domain.Bookings;

/// <summary>
/// A stay somebody has, had, or wants. It is moved by the methods below and by nothing else; each of them raises the version and writes
/// a line of its history. Whether somebody may move it is asked before, in <see cref="BookingRules"/>; docs/inventory.md has the diagram.
/// </summary>
public sealed class Booking
{
    private readonly List<TimelineEntry> timeline = [];

    private Booking()
    {
    }

    public required Guid Id { get; init; }

    /// <summary>What people say on the telephone: eight characters that cannot be mistaken for each other.</summary>
    public required string Reference { get; init; }

    public required Guid ListingId { get; init; }

    /// <summary>The listing's, which never changes hands.</summary>
    public required Guid HostId { get; init; }

    public required Guid GuestId { get; init; }
    public string? Note { get; init; }

    /// <summary>As the listing had it when the booking was made, like the three that follow.</summary>
    public required PaymentMode PaymentMode { get; init; }

    /// <summary>IANA zone of the clock by which check-in and check-out are meant.</summary>
    public required string TimeZone { get; init; }

    public required TimeOnly CheckInTime { get; init; }
    public required TimeOnly CheckOutTime { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateOnly CheckInOn { get; private set; }
    public DateOnly CheckOutOn { get; private set; }
    public int Guests { get; private set; }

    /// <summary>The price and the terms the guest agreed to, frozen.</summary>
    public Quote Quote { get; private set; } = null!;

    public long TotalMinorUnits { get; private set; }
    public string Currency { get; private set; } = null!;
    public BookingStatus Status { get; private set; }

    /// <summary>Until when the nights are kept; there while it is held, and only then.</summary>
    public DateTimeOffset? HoldExpiresAt { get; private set; }

    /// <summary>Until when the host may answer; there while it is requested, and only then.</summary>
    public DateTimeOffset? RequestExpiresAt { get; private set; }

    /// <summary>Rises with every state change; messages carry it, so that a late one is known to be old.</summary>
    public int Version { get; private set; }

    public DateTimeOffset CheckInAt => LocalTime.At(CheckInOn, CheckInTime, TimeZone);
    public DateTimeOffset CheckOutAt => LocalTime.At(CheckOutOn, CheckOutTime, TimeZone);

    /// <summary>What has been added since it was read; all of it on a new booking.</summary>
    public IReadOnlyList<TimelineEntry> Timeline => timeline;

    public Listing? Listing { get; init; }
    public User? Guest { get; init; }

    /// <summary>A booking that counts at once: an instant listing whose guest pays on arrival.</summary>
    public static Booking Confirmed(NewBooking wanted, DateTimeOffset now) =>
        Of(wanted, now).To(BookingStatus.Confirmed, "confirmed", wanted.GuestId, reason: null, now);

    /// <summary>A booking whose nights are kept while its guest pays.</summary>
    public static Booking Held(NewBooking wanted, DateTimeOffset until, DateTimeOffset now) =>
        Of(wanted, now).To(BookingStatus.Held, "held", wanted.GuestId, reason: null, now, until);

    /// <summary>A booking that its host has to accept first; it has no nights.</summary>
    public static Booking Requested(NewBooking wanted, DateTimeOffset answerBy, DateTimeOffset now) =>
        Of(wanted, now).To(BookingStatus.Requested, "requested", wanted.GuestId, reason: null, now, answerBy);

    /// <summary>The host accepts, and the guest pays on arrival.</summary>
    public void Confirm(Guid by, DateTimeOffset now)
    {
        Expect(BookingStatus.Requested);
        To(BookingStatus.Confirmed, "confirmed", by, reason: null, now);
    }

    /// <summary>The payment has arrived; perhaps late, and the nights were still free.</summary>
    public void Pay(DateTimeOffset now)
    {
        Expect(BookingStatus.Held, BookingStatus.Expired);
        To(BookingStatus.Confirmed, "confirmed", by: null, reason: null, now);
    }

    /// <summary>The gateway says that an attempt to pay has failed; another may be made.</summary>
    public void PaymentFailed(DateTimeOffset now) => Record(MoneyEvents.Failed, by: null, reason: null, now);

    /// <summary>Money that came goes back: all of it because it came too late, twice, or for what is cancelled, or what an operator says.</summary>
    public void PaymentReturned(string cause, DateTimeOffset now, Guid? by = null) => Record(MoneyEvents.Returned, by, cause, now);

    /// <summary>The gateway has given back what was to be.</summary>
    public void Refunded(string amount, DateTimeOffset now) => Record(MoneyEvents.Refunded, by: null, amount, now);

    /// <summary>The host accepts, and the guest has until then to pay.</summary>
    public void Hold(Guid by, DateTimeOffset until, DateTimeOffset now)
    {
        Expect(BookingStatus.Requested);
        To(BookingStatus.Held, "held", by, reason: null, now, until);
    }

    public void Decline(Guid by, string? reason, DateTimeOffset now)
    {
        Expect(BookingStatus.Requested);
        To(BookingStatus.Declined, "declined", by, reason, now);
    }

    /// <summary>Nothing happened in time.</summary>
    public void Expire(DateTimeOffset now)
    {
        Expect(BookingStatus.Requested, BookingStatus.Held);
        To(BookingStatus.Expired, "expired", by: null, reason: null, now);
    }

    public void Cancel(Guid by, string? reason, DateTimeOffset now)
    {
        Expect(BookingStatus.Requested, BookingStatus.Held, BookingStatus.Confirmed);
        To(BookingStatus.Cancelled, "cancelled", by, reason, now);
    }

    public void Complete(DateTimeOffset now)
    {
        Expect(BookingStatus.Confirmed);
        To(BookingStatus.Completed, "completed", by: null, reason: null, now);
    }

    /// <summary>Another stay in place of this one, at the price that was agreed for it.</summary>
    public void ChangeTo(StayRequest stay, Quote quote, Guid by, DateTimeOffset now)
    {
        Expect(BookingStatus.Confirmed);
        var before = $"{CheckInOn:yyyy-MM-dd}/{CheckOutOn:yyyy-MM-dd}, {Guests}";
        Agree(stay, quote);
        Record("changed", by, before, now);
    }

    /// <summary>The guest leaves on that day; the nights from then on are given back, the price stays.</summary>
    public void EndOn(DateOnly on, Guid by, DateTimeOffset now)
    {
        Expect(BookingStatus.Confirmed);
        var before = $"{CheckOutOn:yyyy-MM-dd}";
        CheckOutOn = on;
        Record("left-early", by, before, now);
    }

    /// <summary>A change that has its new nights and waits for its payment.</summary>
    public void ChangeHeld(Guid by, DateTimeOffset now)
    {
        Expect(BookingStatus.Confirmed);
        Record("change-held", by, reason: null, now);
    }

    /// <summary>The change was not paid in time; the old stay stands.</summary>
    public void ChangeExpired(DateTimeOffset now) => Record("change-expired", by: null, reason: null, now);

    private static Booking Of(NewBooking wanted, DateTimeOffset now)
    {
        var booking = new Booking
        {
            Id = wanted.Id,
            Reference = wanted.Reference,
            ListingId = wanted.Listing.Id,
            HostId = wanted.Listing.HostId,
            GuestId = wanted.GuestId,
            Note = wanted.Stay.Note,
            PaymentMode = wanted.PaymentMode,
            TimeZone = wanted.Listing.TimeZone,
            CheckInTime = wanted.Listing.CheckInTime,
            CheckOutTime = wanted.Listing.CheckOutTime,
            CreatedAt = now,
        };
        booking.Agree(wanted.Stay, wanted.Quote);
        return booking;
    }

    private void Agree(StayRequest stay, Quote quote)
    {
        (CheckInOn, CheckOutOn, Guests) = (stay.CheckIn, stay.CheckOut, stay.Guests);
        (Quote, TotalMinorUnits, Currency) = (quote, quote.Total.MinorUnits, quote.Currency);
    }

    private void Expect(params ReadOnlySpan<BookingStatus> from)
    {
        if (!from.Contains(Status))
        {
            throw new InvalidOperationException($"A booking that is {Status} cannot be moved so.");
        }
    }

    private Booking To(BookingStatus status, string @event, Guid? by, string? reason, DateTimeOffset now, DateTimeOffset? until = null)
    {
        Status = status;
        HoldExpiresAt = status == BookingStatus.Held ? until : null;
        RequestExpiresAt = status == BookingStatus.Requested ? until : null;
        Record(@event, by, reason, now);
        return this;
    }

    private void Record(string @event, Guid? by, string? reason, DateTimeOffset now)
    {
        Version++;
        timeline.Add(TimelineEntry.Of(Id, @event, by, reason, now, Version));
    }
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
        builder.Property(booking => booking.TimeZone).HasMaxLength(60);
        builder.Property(booking => booking.Currency).HasMaxLength(3).IsFixedLength();
        builder.Property(booking => booking.Version).IsConcurrencyToken();
        builder.Property(booking => booking.Quote).HasColumnType("jsonb").HasConversion(
            quote => System.Text.Json.JsonSerializer.Serialize(quote, TravelJson.Options),
            json => System.Text.Json.JsonSerializer.Deserialize<Quote>(json, TravelJson.Options)!);
        builder.HasIndex(booking => booking.Reference).IsUnique();
        builder.HasIndex(booking => booking.ListingId);
        builder.HasIndex(booking => new { booking.GuestId, booking.Id });
        builder.HasIndex(booking => new { booking.HostId, booking.Id });
        builder.HasOne(booking => booking.Listing).WithMany().HasForeignKey(booking => booking.ListingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(booking => booking.HostId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(booking => booking.Guest).WithMany().HasForeignKey(booking => booking.GuestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(booking => booking.Timeline).WithOne().HasForeignKey(entry => entry.BookingId).OnDelete(DeleteBehavior.Restrict);
    }
}
