using Travel.Api.Documentation;
using Travel.Api.Listings.Photos;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;

namespace Travel.Api.Listings;

internal static class ListingExamples
{
    public static readonly Guid Id = new("01990b5c-3a7e-7d10-b0a4-c1d2e3f40512");
    public static readonly Guid HostId = new("01990a11-6c2f-7a3b-9e55-0b1c2d3e4f50");
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    public const string Slug = "lake-house-at-tana";
    private static readonly Money Price = new(125_000, Currencies.EthiopianBirr);
    private static readonly Money Cleaning = new(30_000, Currencies.EthiopianBirr);
    private static readonly ListingPhoto Photo = PhotoOf(new("01990b5d-11f0-7c44-8d3a-5e6f70819203"));

    public static readonly ListingRequest Listing = new(
        "Lake house at Tana", "A house of two rooms on the shore of the lake, with a garden and boats of our own.", ListingType.House,
        "Bahir Dar", "Ethiopia", 11.594167, 37.3875, "Africa/Addis_Ababa", new TimeOnly(14, 0), new TimeOnly(11, 0),
        MaxGuests: 4, Bedrooms: 2, MinNights: 2, MaxNights: 30, Price, CancellationPolicy.Moderate, PaymentMode.OnArrival, BookingMode.Instant,
        ["wifi", "garden", "lakeView"], Region: "Amhara");

    public static readonly Rates Rates = new(
        Price, new Money(150_000, Currencies.EthiopianBirr), [DayOfWeek.Friday, DayOfWeek.Saturday],
        [new SeasonalRate("Timkat", new DateOnly(2027, 1, 16), new DateOnly(2027, 1, 23), new Money(200_000, Currencies.EthiopianBirr), MinNights: 3)],
        Cleaning, new Money(20_000, Currencies.EthiopianBirr), IncludedGuests: 2);

    /// <summary>Three nights from Monday the 21st.</summary>
    public static readonly Quote Quote = new(
        3,
        [new("3 nights", 3, Price * 3, QuoteLineKind.Nights), new("Cleaning", 1, Cleaning, QuoteLineKind.Cleaning)],
        (Price * 3) + Cleaning, Currencies.EthiopianBirr, CancellationPolicy.Moderate, Now.AddMinutes(15), FirstNight: Price, CleaningFee: Cleaning);

    private static readonly HostListing Draft = new(
        Id, Slug, ListingStatus.Draft, Listing, [],
        new Dictionary<string, string[]>(StringComparer.Ordinal) { ["photos"] = ["Show the place in at least 1 photo; so far there are 0."] },
        Rating: null, ReviewCount: 0, Now, PublishedAt: null);

    private static readonly HostListing Published = Draft with
    {
        Status = ListingStatus.Published,
        Photos = [Photo],
        Missing = new Dictionary<string, string[]>(StringComparer.Ordinal),
        PublishedAt = Now.AddHours(1),
    };

    public static readonly ListingSummary Summary = new(
        Id, Slug, Listing.Title, Listing.Type, Listing.City, Listing.Country, Listing.Latitude, Listing.Longitude, Listing.MaxGuests, Listing.Bedrooms,
        Listing.MinNights, Price, Quote.Total, 4.67m, 12, Listing.Amenities, Photo.Url, Listing.PaymentMode, Listing.BookingMode);

    public static readonly Example ADraft = Example.Of(Draft, "DraftListing");
    public static readonly Example AnArchivedOne = Example.Of(Published with { Status = ListingStatus.Archived }, "ArchivedListing");

    private static readonly OperatorListing Suspended = new(
        Id, Slug, Listing.Title, Listing.City, Listing.Country, ListingStatus.Archived, new ListingHost(HostId, "Selam"), Now,
        new OperatorSuspension(Now.AddDays(2), "Hanna", "The photos are of another place."));

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new ListingDetails(
            Id, Slug, Listing.Title, Listing.Description, Listing.Type, Listing.City, Listing.Country, Listing.Latitude, Listing.Longitude, Listing.TimeZone,
            Listing.CheckInTime, Listing.CheckOutTime, Listing.MaxGuests, Listing.Bedrooms, Listing.MinNights, Listing.MaxNights, Price,
            Listing.CancellationPolicy, 4.67m, 12, Listing.Amenities, Photo.Url, [Photo], new ListingHost(HostId, "Selam"), Listing.PaymentMode, Listing.BookingMode)),
        Example.Of(Quote),
        Example.Of(Listing),
        Example.Of(Rates),
        Example.Of(Published),
        ADraft,
        AnArchivedOne,
        Example.PageOf(new HostListingSummary(
            Id, Slug, ListingStatus.Published, Listing.Title, Listing.Type, Listing.City, Listing.Country, Price, Photo.Url, 4.67m, 12)),
        Example.PageOf(Suspended),
        Example.Of(new OperatorListingDetails(
            Suspended, [new OpenBooking(new("01990b5e-77aa-7e02-a1b2-93a4b5c6d7e8"), "7KDM4QXR", BookingStatus.Confirmed, new DateOnly(2026, 12, 21), new DateOnly(2026, 12, 24))])),
        Example.Of(new SuspendListingRequest(Suspended.Suspension!.Reason)),
        Example.Of(Photo),
        Example.Of(new PhotoArrangement([new ArrangedPhoto(Photo.Id, Photo.Caption)])),
    ];

    private static ListingPhoto PhotoOf(Guid id) => new(id, PhotoResponses.UrlOf(id), "The lake from the garden", 1600, 1200);
}
