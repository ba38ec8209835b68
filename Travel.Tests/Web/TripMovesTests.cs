using System.Globalization;
using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;
using Travel.Web.Bookings;

namespace Travel.Tests.Web;

public sealed class TripMovesTests
{
    private static readonly DateTimeOffset Booked = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    // Check-in is at 14:00 and check-out at 11:00 in Addis Ababa, three hours ahead of UTC.
    [Theory]
    [InlineData(BookingParty.Guest, "2026-12-24T10:59Z", true)]
    [InlineData(BookingParty.Guest, "2026-12-24T11:00Z", false)]
    [InlineData(BookingParty.Operator, "2026-12-24T11:00Z", true)]
    [InlineData(BookingParty.Operator, "2026-12-26T08:00Z", false)]
    public void Cancelling_is_offered_until_check_in_and_to_operators_until_check_out(BookingParty party, string at, bool offered) =>
        TripMoves.MayCancel(Stay(party, nights: 2), At(at)).ShouldBe(offered);

    [Theory]
    [InlineData(BookingParty.Guest, 2, "2026-12-23T20:59Z", false)]
    [InlineData(BookingParty.Guest, 2, "2026-12-23T21:00Z", true)]
    [InlineData(BookingParty.Host, 2, "2026-12-24T10:59Z", false)]
    [InlineData(BookingParty.Host, 2, "2026-12-24T11:00Z", true)]
    [InlineData(BookingParty.Operator, 2, "2026-12-24T11:00Z", false)]
    [InlineData(BookingParty.Guest, 1, "2026-12-24T11:00Z", false)]
    [InlineData(BookingParty.Guest, 2, "2026-12-25T20:59Z", true)]
    [InlineData(BookingParty.Guest, 2, "2026-12-25T21:00Z", false)]
    public void Leaving_early_is_offered_to_those_who_may_while_there_is_a_night_to_give_back(BookingParty party, int nights, string at, bool offered) =>
        TripMoves.MayLeaveEarly(Stay(party, nights), At(at)).ShouldBe(offered);

    private static BookingResponse Stay(BookingParty seenAs, int nights)
    {
        var listing = SampleListing.With();
        var stay = new StayRequest(new(2026, 12, 24), new DateOnly(2026, 12, 24).AddDays(nights), Guests: 2);
        return Booking.Confirmed(NewBooking.At(listing, Guid.NewGuid(), stay, Booked), Booked).ToResponse(listing, "Sara", seenAs);
    }

    private static SetClock At(string instant) => new(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
}
