using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;
using Travel.Domain.Outbox;
using Travel.Domain.Payments;

namespace Travel.Domain.Bookings;

/// <summary>
/// A guest wants other dates or guests. The new nights are taken under the same owner while the old ones stay, so nothing is lost on
/// the way; a dearer stay that is paid online takes the old one's place only when it is paid.
/// </summary>
public sealed class ChangeStay(TravelDbContext db, ListingTurn turn, IOptions<BookingOptions> options, TimeProvider clock)
{
    /// <param name="total">The price the guest has seen, as in <see cref="BookStay"/>.</param>
    public Task<BookingOutcome> ExecuteAsync(
        Caller caller, Guid bookingId, StayRequest stay, Money? total, string idempotencyKey, CancellationToken cancellationToken)
    {
        var request = IdempotentRequest.Of(caller.Id, idempotencyKey, nameof(ChangeStay), new { bookingId, stay });
        return turn.TakeAsync(token => TryAsync(request, caller, bookingId, stay, total, token), cancellationToken);
    }

    private async Task<BookingOutcome> TryAsync(
        IdempotentRequest request, Caller caller, Guid bookingId, StayRequest stay, Money? total, CancellationToken cancellationToken)
    {
        switch (await request.TakeAsync(db, clock.GetUtcNow(), cancellationToken))
        {
            case KeyState.InFlight: return new BookingOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new BookingOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new BookingOutcome.Done(answered.As<BookingResponse>());
        }

        if (await db.LockBookingAsync(bookingId, caller, clock, cancellationToken) is not { } locked)
        {
            return new BookingOutcome.NoSuchBooking();
        }

        await db.Entry(locked.Listing).Collection(listing => listing.Seasons!).LoadAsync(cancellationToken);
        if (await RefusalAsync(locked, stay, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var quote = QuoteStay.For(locked.Listing, stay, locked.Now);
        if (total is { } seen && seen != quote.Total)
        {
            return new BookingOutcome.PriceChanged(quote.Total);
        }

        if (locked.PendingChange is { } replaced)
        {
            replaced.Withdraw(locked.Now);
            await db.ReleaseNightsAsync(locked.Booking.ListingId, [replaced], locked.Now, cancellationToken);
            // Before the next one is pending: a booking has one.
            await db.SaveChangesAsync(cancellationToken);
        }

        var changed = locked.Booking.PaymentMode == PaymentMode.OnArrival || quote.Total.MinorUnits <= locked.Booking.TotalMinorUnits
            ? await ApplyAsync(locked, stay, quote, cancellationToken)
            : HoldNights(locked, stay, quote);
        var done = changed.Done();
        db.IdempotencyKeys.Add(request.Answer(done.Booking, locked.Now));
        await db.SaveChangesAsync(cancellationToken);
        await db.SettleImportsAsync(locked.Booking.ListingId, locked.Now, cancellationToken);
        return done;
    }

    private async Task<BookingOutcome?> RefusalAsync(LockedBooking locked, StayRequest stay, CancellationToken cancellationToken)
    {
        var (booking, listing, party, now, _) = locked;
        if (BookingRules.RefuseChange(booking, listing, party, now) is { } refusal)
        {
            return refusal;
        }

        if (stay.ErrorsAt(listing, now) is { Count: > 0 } errors)
        {
            return new BookingOutcome.Invalid(errors);
        }

        if ((stay.CheckIn, stay.CheckOut, stay.Guests) == (booking.CheckInOn, booking.CheckOutOn, booking.Guests))
        {
            return BookingOutcome.Wrong("checkIn", "These are the dates and guests that are booked.");
        }

        if (listing.Currency != booking.Currency)
        {
            return new BookingOutcome.NotNow(
                ProblemTypes.NotChangeable, $"The host now lets this place in {listing.Currency}. Cancel this stay and book another.");
        }

        return await db.Occupancies.AreFreeForAsync(booking, stay.CheckIn, stay.CheckOut, cancellationToken) ? null : new BookingOutcome.DatesUnavailable();
    }

    private async Task<LockedBooking> ApplyAsync(LockedBooking locked, StayRequest stay, Quote quote, CancellationToken cancellationToken)
    {
        var (booking, now) = (locked.Booking, locked.Now);
        // Paid on arrival, nothing of it is with us.
        var paid = await db.PaidForAsync(booking, cancellationToken);
        if (paid.MinorUnits > quote.Total.MinorUnits)
        {
            var terms = new CancellationTerms(booking.Quote.CancellationPolicy, FrozenPrice.Of(booking.Quote), booking.CheckInAt);
            await db.ReturnAsync(booking, terms.ForReduction(paid - quote.Total, now), RefundCause.Changed, booking.GuestId, now, cancellationToken);
        }

        booking.ChangeTo(stay, quote, booking.GuestId, now);
        await db.ReleaseNightsAsync(booking.ListingId, now, cancellationToken, booking.Id);
        db.TakeNights(booking, now);
        db.Outbox.Add(OutboxMessage.Of(new BookingChanged(booking.Id, booking.Version, BookingParty.Guest, LeftEarly: false, now), now));
        return locked with { PendingChange = null };
    }

    private LockedBooking HoldNights(LockedBooking locked, StayRequest stay, Quote quote)
    {
        var (booking, listing, _, now, _) = locked;
        // Not beyond the beginning of the old stay or of the new one.
        var newCheckInAt = LocalTime.At(stay.CheckIn, booking.CheckInTime, booking.TimeZone);
        var until = new[] { now + options.Value.HoldChangeFor, booking.CheckInAt.ToUniversalTime(), newCheckInAt.ToUniversalTime() }.Min();
        var nights = Occupancy.For(booking.Id, listing.Id, stay.CheckIn, stay.CheckOut, now);
        var change = BookingChange.Of(booking, stay, quote, nights.Id, until, now);
        booking.ChangeHeld(booking.GuestId, now);
        db.Occupancies.Add(nights);
        db.TouchesNights(listing.Id, now);
        db.BookingChanges.Add(change);
        return locked with { PendingChange = change };
    }
}
