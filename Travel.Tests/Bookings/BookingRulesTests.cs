using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

public sealed class BookingRulesTests
{
    private static readonly Listing Listing = SampleListing.With();
    private static readonly StayRequest Stay = new(new(2026, 12, 24), new(2026, 12, 26), 2);
    private static readonly DateTimeOffset Booked = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    // Check-in is at 14:00 and check-out at 11:00 in Addis Ababa, three hours ahead of UTC.
    [Theory]
    [InlineData(BookingParty.Guest, "2026-12-24T10:59:59Z", true)]
    [InlineData(BookingParty.Guest, "2026-12-24T11:00Z", false)]
    [InlineData(BookingParty.Host, "2026-12-24T10:59:59Z", true)]
    [InlineData(BookingParty.Host, "2026-12-24T11:00Z", false)]
    [InlineData(BookingParty.Operator, "2026-12-26T07:59:59Z", true)]
    [InlineData(BookingParty.Operator, "2026-12-26T08:00Z", false)]
    public void Guest_and_host_cancel_until_check_in_and_operators_until_check_out(BookingParty party, string at, bool may)
    {
        var booking = Booking.Confirmed(NewBooking.At(Listing, Guid.NewGuid(), Stay, Booked), Booked);
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        (BookingRules.RefuseCancellation(booking, party, now) is null).ShouldBe(may);
    }

    // The day of check-in begins at 21:00 UTC of the day before.
    [Theory]
    [InlineData(BookingParty.Guest, "2026-12-23T20:59:59Z", "not-under-way")]
    [InlineData(BookingParty.Guest, "2026-12-23T21:00Z", null)]
    [InlineData(BookingParty.Host, "2026-12-24T10:59:59Z", "not-under-way")]
    [InlineData(BookingParty.Host, "2026-12-24T11:00Z", null)]
    [InlineData(BookingParty.Host, "2026-12-26T08:00Z", "not-under-way")]
    [InlineData(BookingParty.Operator, "2026-12-24T11:00Z", "not-allowed")]
    public void Guests_leave_early_from_the_day_of_check_in_hosts_end_a_stay_from_check_in_and_operators_never(BookingParty party, string at, string? refusal)
    {
        var booking = Booking.Confirmed(NewBooking.At(Listing, Guid.NewGuid(), Stay, Booked), Booked);
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        (BookingRules.RefuseEarlyDeparture(booking, party, now) switch
        {
            BookingOutcome.NotNow refused => refused.Type.Name,
            BookingOutcome.NotAllowed => "not-allowed",
            var other => other?.GetType().Name,
        }).ShouldBe(refusal);
    }

    [Fact]
    public void What_is_recorded_at_one_instant_stays_in_the_order_in_which_it_was()
    {
        var booking = Booking.Confirmed(NewBooking.At(Listing, Guid.NewGuid(), Stay, Booked), Booked);
        for (var index = 0; index < 300; index++)
        {
            booking.ChangeHeld(booking.GuestId, Booked);
            booking.ChangeExpired(Booked);
        }

        var mail = TimelineEntry.Of(booking.Id, "mail-sent", actorId: null, reason: null, Booked);
        var recorded = booking.Timeline.Append(mail).ToList();
        // As PostgreSQL compares them: byte by byte.
        recorded.OrderBy(entry => entry.Id.ToString(), StringComparer.Ordinal).ShouldBe(recorded);
        recorded.ShouldAllBe(entry => entry.Id.Version == 7);
    }

    [Fact]
    public void What_a_host_edits_later_moves_no_deadline_of_a_stay_that_is_booked()
    {
        var listing = SampleListing.With();
        var booking = Booking.Confirmed(NewBooking.At(listing, Guid.NewGuid(), Stay, Booked), Booked);

        (listing.TimeZone, listing.CheckInTime, listing.CheckOutTime) = ("Pacific/Kiritimati", new TimeOnly(8, 0), new TimeOnly(7, 0));

        booking.CheckInAt.ShouldBe(new DateTimeOffset(2026, 12, 24, 14, 0, 0, TimeSpan.FromHours(3)));
        booking.CheckOutAt.ShouldBe(new DateTimeOffset(2026, 12, 26, 11, 0, 0, TimeSpan.FromHours(3)));
    }

    [Fact]
    public void Only_the_host_answers_a_request()
    {
        var request = Booking.Requested(NewBooking.At(Listing, Guid.NewGuid(), Stay, Booked), Booked.AddDays(1), Booked);

        BookingRules.RefuseAnswer(request, BookingParty.Guest).ShouldBeOfType<BookingOutcome.NotAllowed>();
        BookingRules.RefuseAnswer(request, BookingParty.Host).ShouldBeNull();
        BookingRules.RefuseAnswer(request, BookingParty.Operator).ShouldBeOfType<BookingOutcome.NotAllowed>();
    }

    [Fact]
    public void A_stranger_is_no_party_and_an_operator_who_travels_is_a_guest()
    {
        var (guest, host) = (Guid.NewGuid(), Guid.NewGuid());

        BookingRules.PartyOf(new Caller(Guid.NewGuid()), guest, host).ShouldBeNull();
        BookingRules.PartyOf(new Caller(Guid.NewGuid(), IsOperator: true), guest, host).ShouldBe(BookingParty.Operator);
        BookingRules.PartyOf(new Caller(guest, IsOperator: true), guest, host).ShouldBe(BookingParty.Guest);
        BookingRules.PartyOf(new Caller(host), guest, host).ShouldBe(BookingParty.Host);
    }
}
