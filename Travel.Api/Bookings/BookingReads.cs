using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;

namespace Travel.Api.Bookings;

/// <summary>What is read of bookings, each with a fixed number of queries, whatever the size of the page.</summary>
internal static class BookingReads
{
    private static readonly Expression<Func<Booking, BookingSummary>> Summary = booking => new BookingSummary(
        booking.Id,
        booking.Reference,
        booking.Status,
        new BookedListing(
            booking.ListingId,
            booking.Listing!.Slug,
            booking.Listing.Title,
            booking.Listing.City,
            booking.Listing.Country,
            booking.TimeZone,
            booking.CheckInTime,
            booking.CheckOutTime),
        booking.CheckInOn,
        booking.CheckOutOn,
        booking.Guests,
        booking.Note,
        booking.Guest!.DisplayName,
        new Money(booking.TotalMinorUnits, booking.Currency),
        booking.PaymentMode,
        booking.HoldExpiresAt,
        booking.RequestExpiresAt,
        booking.CreatedAt);

    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first, and unique, so they are the whole keyset.</summary>
    /// <param name="statuses">None: all of them.</param>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public static Task<List<BookingSummary>> FindAsync(
        TravelDbContext db, Guid callerId, BookingParty seenAs, IReadOnlyList<BookingStatus> statuses, Guid after, int limit, CancellationToken cancellationToken)
    {
        var bookings = seenAs == BookingParty.Host
            ? db.Bookings.Where(booking => booking.HostId == callerId)
            : db.Bookings.Where(booking => booking.GuestId == callerId);
        if (statuses.Count > 0)
        {
            bookings = bookings.Where(booking => statuses.Contains(booking.Status));
        }

        return bookings
            .Where(booking => after == Guid.Empty || booking.Id < after)
            .OrderByDescending(booking => booking.Id)
            .Take(limit)
            .Select(Summary)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One query. Null: there is none that is called so.</summary>
    public static Task<BookingSummary?> FindAsync(TravelDbContext db, string reference, CancellationToken cancellationToken) =>
        db.Bookings.Where(booking => booking.Reference == reference).Select(Summary).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Two queries. Null: there is none that the caller may know of.</summary>
    public static async Task<SeenBooking?> GetAsync(TravelDbContext db, Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var booking = await db.Bookings.AsNoTracking().Include(found => found.Listing).Include(found => found.Guest)
            .SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (booking is null || BookingRules.PartyOf(caller, booking.GuestId, booking.HostId) is not { } party)
        {
            return null;
        }

        var change = await db.BookingChanges.AsNoTracking()
            .SingleOrDefaultAsync(found => found.BookingId == id && found.Status == BookingChangeStatus.Pending, cancellationToken);
        return new SeenBooking(booking, party, change);
    }

    /// <summary>One query, oldest first.</summary>
    public static Task<List<TimelineEntry>> TimelineAsync(
        TravelDbContext db, Guid id, BookingParty seenAs, Guid after, int limit, CancellationToken cancellationToken) =>
        db.Timeline.AsNoTracking().Where(entry => entry.BookingId == id && (after == Guid.Empty || entry.Id > after))
            .Where(entry => seenAs != BookingParty.Host || !MoneyEvents.All.Contains(entry.Event))
            .OrderBy(entry => entry.Id).Take(limit).ToListAsync(cancellationToken);
}

internal sealed record SeenBooking(Booking Booking, BookingParty Party, BookingChange? Change)
{
    public BookingResponse ToResponse() => Booking.ToResponse(Booking.Listing!, Booking.Guest!.DisplayName, Party, Change);

    /// <summary>Who that was, without saying who that is.</summary>
    public BookingParty PartyOf(Guid? actorId) => actorId switch
    {
        null => BookingParty.Travel,
        _ when actorId == Booking.GuestId => BookingParty.Guest,
        _ when actorId == Booking.HostId => BookingParty.Host,
        _ => BookingParty.Operator,
    };
}
