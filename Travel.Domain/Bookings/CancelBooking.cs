using Microsoft.EntityFrameworkCore;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Listings;
using Travel.Domain.Outbox;
using Travel.Domain.Payments;

namespace Travel.Domain.Bookings;

/// <summary>Says what a cancellation comes to, and cancels at that.</summary>
public sealed class CancelBooking(TravelDbContext db, ListingTurn turn, TimeProvider clock)
{
    /// <returns>Null when the outcome says why not.</returns>
    public async Task<(CancellationPreview? Preview, BookingOutcome? Refusal)> PreviewAsync(Caller caller, Guid bookingId, CancellationToken cancellationToken)
    {
        var booking = await db.Bookings.AsNoTracking().SingleOrDefaultAsync(found => found.Id == bookingId, cancellationToken);
        if (booking is null || BookingRules.PartyOf(caller, booking.GuestId, booking.HostId) is not { } party)
        {
            return (null, new BookingOutcome.NoSuchBooking());
        }

        var now = clock.GetUtcNow();
        if (BookingRules.RefuseCancellation(booking, party, now) is { } refusal)
        {
            return (null, refusal);
        }

        var terms = TermsOf(booking);
        var settlement = Settle(terms, party, await db.PaidForAsync(booking, cancellationToken), now);
        return (new CancellationPreview(settlement.Refund, settlement.Fee, terms.ToString()), null);
    }

    public async Task<BookingOutcome> ExecuteAsync(
        Caller caller, Guid bookingId, Money refund, string? reason, CancellationToken cancellationToken) =>
        BookingOutcome.TooLong(reason) ?? await turn.TakeAsync(token => CancelAsync(caller, bookingId, refund, reason, token), cancellationToken);

    private async Task<BookingOutcome> CancelAsync(Caller caller, Guid bookingId, Money refund, string? reason, CancellationToken cancellationToken)
    {
        if (await db.LockBookingAsync(bookingId, caller, clock, cancellationToken) is not { } locked)
        {
            return new BookingOutcome.NoSuchBooking();
        }

        var (booking, listing, party, now, change) = locked;
        if (booking.Status == BookingStatus.Cancelled)
        {
            return locked.Done();
        }

        if (BookingRules.RefuseCancellation(booking, party, now) is { } refusal)
        {
            return refusal;
        }

        var settlement = Settle(TermsOf(booking), party, await db.PaidForAsync(booking, cancellationToken), now);
        if (refund != settlement.Refund)
        {
            return new BookingOutcome.RefundChanged(settlement.Refund);
        }

        var was = booking.Status;
        booking.Cancel(caller.Id, reason, now);
        change?.Withdraw(now);
        await db.ReturnAsync(booking, settlement, RefundCause.Cancelled, caller.Id, now, cancellationToken);
        db.Outbox.Add(OutboxMessage.Of(new BookingCancelled(booking.Id, booking.Version, party, was, now), now));
        await db.ReleaseNightsAsync(booking.ListingId, now, cancellationToken, booking.Id);
        await db.SaveChangesAsync(cancellationToken);
        await db.SettleImportsAsync(booking.ListingId, now, cancellationToken);
        return (locked with { PendingChange = null }).Done();
    }

    private static CancellationTerms TermsOf(Booking booking) =>
        new(booking.Quote.CancellationPolicy, FrozenPrice.Of(booking.Quote), booking.CheckInAt);

    private static Settlement Settle(CancellationTerms terms, BookingParty party, Money paid, DateTimeOffset now) =>
        party == BookingParty.Guest ? terms.ForGuest(paid, now) : CancellationTerms.ForHost(paid);
}
