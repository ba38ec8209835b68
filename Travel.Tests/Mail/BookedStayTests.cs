using Travel.Contracts;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Mail;

public sealed class BookedStayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Africa/Addis_Ababa", "2026-12-24", "14:00", "2026-12-24T14:00+03:00")]
    [InlineData("Asia/Kathmandu", "2026-12-24", "14:00", "2026-12-24T14:00+05:45")]
    [InlineData("Europe/Berlin", "2027-01-10", "15:00", "2027-01-10T15:00+01:00")]
    [InlineData("Europe/Berlin", "2027-07-10", "15:00", "2027-07-10T15:00+02:00")]
    [InlineData("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T03:30+02:00")]
    public void Check_in_is_a_moment_at_the_listing(string timeZone, string day, string time, string expected)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        var checkIn = DateOnly.Parse(day, invariant);

        var stay = Of(SampleListing.With(timeZone: timeZone, checkInTime: TimeOnly.Parse(time, invariant)), checkIn);

        stay.CheckIn.ToString("yyyy-MM-ddTHH:mmzzz", invariant).ShouldBe(expected);
    }

    [Fact]
    public void It_says_what_was_booked_and_where_to_see_it()
    {
        var stay = Of(SampleListing.With(), new DateOnly(2026, 12, 24));

        stay.Reference.Length.ShouldBe(8);
        stay.Nights.ShouldBe(2);
        stay.Guests.ShouldBe(2);
        stay.Total.ShouldBe("2,500.00 ETB");
        stay.GuestName.ShouldBe("Sara");
        stay.BookedAt.ShouldBe(Now);
        stay.TripAddress.ShouldBe(new Uri($"http://localhost:5080/trips/{stay.BookingId}"));
    }

    [Fact]
    public void It_is_tentative_while_the_host_has_to_answer_or_the_guest_to_pay_and_off_when_nothing_comes_of_it()
    {
        var wanted = NewBooking.At(SampleListing.With(), Guid.NewGuid(), new StayRequest(new(2026, 12, 24), new(2026, 12, 26), Guests: 2), Now);
        var booking = Booking.Requested(wanted, Now.AddDays(1), Now);

        States().ShouldBe((false, true));
        booking.Hold(wanted.Listing.HostId, Now.AddDays(1), Now);
        States().ShouldBe((false, true));
        booking.Pay(Now);
        States().ShouldBe((false, false));
        booking.Cancel(wanted.GuestId, reason: null, Now);
        States().ShouldBe((true, false));

        (bool IsOff, bool IsTentative) States()
        {
            var guest = new User { Id = wanted.GuestId, DisplayName = "Sara", Role = Role.Guest, CreatedAt = Now };
            var stay = BookedStay.Of(booking, wanted.Listing, guest, webAddress: null);
            return (stay.IsOff, stay.IsTentative);
        }
    }

    private static BookedStay Of(Domain.Listings.Listing listing, DateOnly checkIn)
    {
        var request = new StayRequest(checkIn, checkIn.AddDays(2), Guests: 2);
        var guest = new User { Id = Guid.NewGuid(), DisplayName = "Sara", Role = Role.Guest, CreatedAt = Now };
        var booking = Booking.Confirmed(NewBooking.At(listing, guest.Id, request, Now), Now);
        return BookedStay.Of(booking, listing, guest, new Uri("http://localhost:5080"));
    }
}
