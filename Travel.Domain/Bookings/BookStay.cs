using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;
using Travel.Domain.Outbox;

namespace Travel.Domain.Bookings;

/// <summary>A guest books a stay: the nights, the booking, its history and the news of it are written together or not at all.</summary>
public sealed class BookStay(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    public async Task<BookStayOutcome> ExecuteAsync(
        Guid guestId, Guid listingId, StayRequest stay, string idempotencyKey, CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(guestId, listingId, stay, idempotencyKey, cancellationToken);
        BookingMetrics.Count(outcome);
        return outcome;
    }

    private async Task<BookStayOutcome> TryAsync(
        Guid guestId, Guid listingId, StayRequest stay, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = IdempotentRequest.Of(guestId, idempotencyKey, nameof(BookStay), new { listingId, stay });
        try
        {
            var outcome = await db.InTransactionAsync(token => BookAsync(request, guestId, listingId, stay, token), cancellationToken);
            if (outcome is BookStayOutcome.Booked)
            {
                outbox.Wake();
            }

            return outcome;
        }
        catch (DbUpdateException exception) when (
            exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation, ConstraintName: Occupancy.NoOverlap })
        {
            // The net under the lock: somebody wrote nights without taking it.
            return new BookStayOutcome.DatesUnavailable();
        }
    }

    private async Task<BookStayOutcome> BookAsync(
        IdempotentRequest request, Guid guestId, Guid listingId, StayRequest stay, CancellationToken cancellationToken)
    {
        switch (await request.TakeAsync(db, cancellationToken))
        {
            case KeyState.InFlight: return new BookStayOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new BookStayOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new BookStayOutcome.Booked(answered.As<BookingResponse>()) { IsRepetition = true };
        }

        await db.LockListingAsync(listingId, cancellationToken);
        var listing = await db.Listings.AsNoTracking().WithRates()
            .SingleOrDefaultAsync(found => found.Id == listingId && found.Status == ListingStatus.Published, cancellationToken);
        if (listing is null)
        {
            return new BookStayOutcome.NoSuchListing();
        }

        var now = clock.GetUtcNow();
        if (stay.ErrorsAt(listing, now) is { Count: > 0 } errors)
        {
            return new BookStayOutcome.Invalid(errors);
        }

        if (listing is not { BookingMode: BookingMode.Instant, PaymentMode: PaymentMode.OnArrival })
        {
            return new BookStayOutcome.NotBookableYet(listing.PaymentMode, listing.BookingMode);
        }

        if (!await db.Occupancies.AreFreeAsync(listingId, stay.CheckIn, stay.CheckOut, cancellationToken))
        {
            return new BookStayOutcome.DatesUnavailable();
        }

        var booking = Booking.Confirm(listing, guestId, stay, QuoteStay.For(listing, stay, now), now);
        var response = booking.ToResponse(listing);
        db.Bookings.Add(booking);
        db.Occupancies.Add(Occupancy.For(booking.Id, listingId, stay.CheckIn, stay.CheckOut, now));
        db.Timeline.Add(TimelineEntry.Of(booking.Id, "confirmed", guestId, reason: null, now));
        db.Outbox.Add(OutboxMessage.Of(new BookingConfirmed(booking.Id, booking.Version, now), now));
        db.IdempotencyKeys.Add(request.Answer(response, now));
        await db.SaveChangesAsync(cancellationToken);
        return new BookStayOutcome.Booked(response);
    }
}

public abstract record BookStayOutcome
{
    private BookStayOutcome()
    {
    }

    public sealed record Booked(BookingResponse Booking) : BookStayOutcome
    {
        /// <summary>Answered with what an earlier request of the same key had booked.</summary>
        public bool IsRepetition { get; init; }
    }

    public sealed record NoSuchListing : BookStayOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : BookStayOutcome;

    public sealed record DatesUnavailable : BookStayOutcome;

    /// <summary>The listing wants a payment or a host's answer first, and this version of Travel has neither.</summary>
    public sealed record NotBookableYet(PaymentMode PaymentMode, BookingMode BookingMode) : BookStayOutcome;

    public sealed record InFlight : BookStayOutcome;

    public sealed record KeyUsedForAnotherRequest : BookStayOutcome;
}
