using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Domain.Bookings;

namespace Travel.Api.Bookings;

internal static class BookingExamples
{
    public const string Reference = "7KDM4QXR";
    public const string Note = "We arrive in the evening.";
    public static readonly DateOnly CheckIn = new(2026, 12, 21);
    public static readonly DateOnly CheckOut = new(2026, 12, 24);
    public static readonly Guid Id = new("01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8");
    private static readonly ListingRequest Listing = ListingExamples.Listing;
    private static readonly DateTimeOffset Now = ListingExamples.Now;
    private static readonly TimeSpan InAddisAbaba = TimeSpan.FromHours(3);
    private static readonly Money Nothing = new(0, Currencies.EthiopianBirr);

    private static readonly BookedListing Place = new(
        ListingExamples.Id, ListingExamples.Slug, Listing.Title, Listing.City, Listing.Country, Listing.TimeZone, Listing.CheckInTime, Listing.CheckOutTime);

    private static readonly BookingResponse Confirmed = new(
        Id, Reference, BookingStatus.Confirmed, Place, CheckIn, CheckOut, 2, Note, ListingExamples.Quote, PaymentMode.OnArrival,
        HoldExpiresAt: null, Now, GuestName: "Dawit");

    public static readonly Example Declined = Example.Of(Confirmed with { Status = BookingStatus.Declined, SeenAs = BookingParty.Host }, "DeclinedBooking");
    public static readonly Example Accepted = Example.Of(Confirmed with { SeenAs = BookingParty.Host }, "AcceptedBooking");
    public static readonly Example Cancelled = Example.Of(Confirmed with { Status = BookingStatus.Cancelled }, "CancelledBooking");
    public static readonly Example Changed = Example.Of(Confirmed with { CheckIn = CheckIn.AddDays(7), CheckOut = CheckOut.AddDays(7) }, "ChangedBooking");
    public static readonly Example EndedEarly = Example.Of(Confirmed with { CheckOut = CheckOut.AddDays(-1) }, "BookingEndedEarly");

    public static readonly Example Calendar = Example.Of(
        StayCalendar.Of(
            new BookedStay(
                Id, Reference, "Dawit", Listing.Title, Listing.City, Listing.Country, Listing.Latitude, Listing.Longitude, Listing.TimeZone,
                new DateTimeOffset(CheckIn, Listing.CheckInTime, InAddisAbaba), new DateTimeOffset(CheckOut, Listing.CheckOutTime, InAddisAbaba),
                Nights: 3, Guests: 2, $"{ListingExamples.Quote.Total}", Now, Version: 1, IsOff: false, IsTentative: false, TripAddress: null),
            new BookingOptions().CalendarOrganizer).Text,
        "StayCalendar");

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new BookStayRequest(ListingExamples.Id, CheckIn, CheckOut, 2, Note)),
        Example.Of(Confirmed),
        Accepted,
        Declined,
        Cancelled,
        Changed,
        EndedEarly,
        Calendar,
        Example.PageOf(new BookingSummary(
            Id, Reference, BookingStatus.Confirmed, Place, CheckIn, CheckOut, 2, Note, "Dawit", ListingExamples.Quote.Total, PaymentMode.OnArrival,
            HoldExpiresAt: null, RequestExpiresAt: null, Now)),
        Example.PageOf(new BookingEvent(Now, "confirmed", BookingParty.Guest, Reason: null)),
        Example.Of(new DeclineRequestRequest("The house is being painted that week.")),
        Example.Of(new CancellationPreview(Nothing, Nothing, new CancellationTerms(
            CancellationPolicy.Moderate, FrozenPrice.Of(ListingExamples.Quote), Now).ToString())),
        Example.Of(new CancelBookingRequest(Nothing, "The plans have changed.")),
        Example.Of(new ChangeStayRequest(CheckIn.AddDays(7), CheckOut.AddDays(7), 2)),
        Example.Of(new LeaveEarlyRequest(CheckOut.AddDays(-1))),
    ];
}
