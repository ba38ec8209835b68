using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>Who may move a booking, and when. Pure; the diagram in docs/inventory.md says the same.</summary>
public static class BookingRules
{
    /// <summary>Null: a stranger, for whom there is no such booking.</summary>
    public static BookingParty? PartyOf(Caller caller, Guid guestId, Guid hostId) => caller switch
    {
        _ when caller.Id == guestId => BookingParty.Guest,
        _ when caller.Id == hostId => BookingParty.Host,
        { IsOperator: true } => BookingParty.Operator,
        _ => null,
    };

    /// <returns>Null when it may be answered now.</returns>
    public static BookingOutcome? RefuseAnswer(Booking booking, BookingParty party) => (party, booking.Status) switch
    {
        (not BookingParty.Host, _) => new BookingOutcome.NotAllowed("Only the host answers a request."),
        (_, BookingStatus.Requested) => null,
        _ => new BookingOutcome.NotNow(ProblemTypes.NotRequested, $"The booking is {Name(booking.Status)}, so there is nothing to answer."),
    };

    /// <returns>Null when it may be cancelled now.</returns>
    public static BookingOutcome? RefuseCancellation(Booking booking, BookingParty party, DateTimeOffset now) => booking.Status switch
    {
        BookingStatus.Requested or BookingStatus.Held => null,
        BookingStatus.Confirmed when now < booking.CheckInAt => null,
        BookingStatus.Confirmed when party == BookingParty.Operator && now < booking.CheckOutAt => null,
        BookingStatus.Confirmed => NotCancellable("The stay has begun, so it can no longer be cancelled, only ended early."),
        _ => NotCancellable($"The booking is {Name(booking.Status)}."),
    };

    /// <returns>Null when the stay may be changed now.</returns>
    public static BookingOutcome? RefuseChange(Booking booking, Listing listing, BookingParty party, DateTimeOffset now) => booking.Status switch
    {
        _ when party != BookingParty.Guest => new BookingOutcome.NotAllowed("Only the guest changes the stay."),
        not BookingStatus.Confirmed => NotChangeable($"The booking is {Name(booking.Status)}, and only a confirmed stay can be changed."),
        _ when now >= booking.CheckInAt => NotChangeable("The stay has begun, so it can no longer be changed, only ended early."),
        _ when listing.Status != ListingStatus.Published => NotChangeable("This place is not let at the moment."),
        _ => null,
    };

    /// <returns>Null when it may be ended early now.</returns>
    public static BookingOutcome? RefuseEarlyDeparture(Booking booking, BookingParty party, DateTimeOffset now) => booking.Status switch
    {
        _ when party is not (BookingParty.Guest or BookingParty.Host) => new BookingOutcome.NotAllowed("Only guest and host end a stay early."),
        not BookingStatus.Confirmed => NotUnderWay($"The booking is {Name(booking.Status)}."),
        _ when LocalTime.DayAt(now, booking.TimeZone) < booking.CheckInOn => NotUnderWay("The stay has not begun. Until check-in its dates can be changed."),
        // A host who shortens a stay before anybody could have come would be cancelling it, at another price.
        _ when party == BookingParty.Host && now < booking.CheckInAt => NotUnderWay("The stay has not begun. Until check-in a host can only cancel it."),
        _ when now >= booking.CheckOutAt => NotUnderWay("The stay is over."),
        _ => null,
    };

    private static BookingOutcome.NotNow NotCancellable(string sentence) => new(ProblemTypes.NotCancellable, sentence);

    private static BookingOutcome.NotNow NotChangeable(string sentence) => new(ProblemTypes.NotChangeable, sentence);

    private static BookingOutcome.NotNow NotUnderWay(string sentence) => new(ProblemTypes.NotUnderWay, sentence);

    private static string Name(BookingStatus status) => status.ToString().ToLowerInvariant();
}
