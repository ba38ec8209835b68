using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;

namespace Travel.Domain.Payments;

/// <summary>What is due of a booking. Pure.</summary>
public static class PaymentRules
{
    /// <param name="Change">Null when it is the stay itself.</param>
    public sealed record Amount(Money Money, BookingChange? Change);

    /// <summary>What the gateway takes at once: a million, of either currency. More it refuses, so it is refused before anybody books.</summary>
    public static Money MostAtOnce(string currency) => Money.TryParse("1000000", currency, out var most) ? most : throw new ArgumentOutOfRangeException(nameof(currency));

    /// <returns>Null when there is nothing for this caller to pay; <see cref="Refuse"/> says why.</returns>
    public static Amount? Due(Booking booking, BookingParty party, BookingChange? pending) => (party, booking) switch
    {
        (not BookingParty.Guest, _) or (_, { PaymentMode: PaymentMode.OnArrival }) => null,
        (_, { Status: BookingStatus.Held }) => new Amount(booking.Quote.Total, Change: null),
        (_, { Status: BookingStatus.Confirmed }) when pending is not null => new Amount(pending.Quote.Total - booking.Quote.Total, pending),
        _ => null,
    };

    /// <summary>Somebody may have paid with it, or has paid what nobody asked for: until that is known and settled, nobody is to pay again.</summary>
    /// <param name="held">What the accounts hold of it: money that has gone back is settled.</param>
    public static bool SpeaksAgainstAnother(Payment payment, IReadOnlyCollection<HeldMoney> held) => payment.State == PaymentState.Unknown
        || (payment.State == PaymentState.Mismatched
            && held.Any(money => money.PaymentId == payment.Id && money.Account == LedgerAccount.Gateway && money.Money.MinorUnits > 0));

    internal static PayBookingOutcome Refuse(LockedBooking locked) => (locked.Party, locked.Booking) switch
    {
        (not BookingParty.Guest, _) => new PayBookingOutcome.NotAllowed("Only the guest pays for a stay."),
        (_, { PaymentMode: PaymentMode.OnArrival }) => NotDue("This stay is paid on arrival."),
        (_, { Status: BookingStatus.Requested }) => NotDue("The host has not accepted yet; nothing is to be paid before that."),
        (_, { Status: BookingStatus.Expired }) => NotDue("The nights were kept until they had to be paid, and that time is over."),
        (_, { Status: BookingStatus.Confirmed or BookingStatus.Completed }) => new PayBookingOutcome.NotDue(ProblemTypes.AlreadyPaid, "This stay has been paid."),
        (_, var booking) => NotDue($"The booking is {booking.Status.ToString().ToLowerInvariant()}."),
    };

    private static PayBookingOutcome.NotDue NotDue(string sentence) => new(ProblemTypes.PaymentNotDue, sentence);
}
