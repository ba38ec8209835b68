using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts;
using Travel.Contracts.Availability;
using Travel.Domain.Availability;

namespace Travel.Api.Availability;

internal static class AvailabilityExamples
{
    private const string Token = "Zk4pXr0vT1m2bQ8sYw6uJd3nHc5gLf7aEi9oKq-RxVA";
    private static readonly DateTimeOffset Now = ListingExamples.Now;
    private static readonly NightRange Booked = new(BookingExamples.CheckIn, BookingExamples.CheckOut);
    private static readonly NightRange Closed = new(new DateOnly(2027, 2, 1), new DateOnly(2027, 2, 15));
    private static readonly NightRange Elsewhere = new(new DateOnly(2027, 3, 5), new DateOnly(2027, 3, 8));
    private static readonly ImportRequest Import = new("Another site", "https://calendars.example.org/listings/4711.ics");
    private static readonly BlockResponse Block = new(new("01990b60-0a1b-7c2d-8e3f-405162738495"), Closed.From, Closed.To, "Painting", Now);

    private static readonly ImportResponse Imported = new(
        new("01990b61-2c3d-7e4f-9051-627384950a1b"), Import.Name, Import.Url, ImportState.Fetched, Problem: null, [], Now, Now, Events: 1, []);

    public static readonly Example Calendar = Example.Of(
        CalendarExport.Of(ListingExamples.Id, ListingExamples.Listing.Title, [(new Guid("01990b62-4e5f-7061-8273-8495a6b7c8d9"), Booked)], Now), "ListingCalendar");

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new AvailabilityResponse([Booked, Closed])),
        Example.Of(new HostCalendar(
            ListingExamples.Id, ListingExamples.Slug, ListingExamples.Listing.Title, ListingExamples.Listing.TimeZone, new DateOnly(2026, 11, 20), Now,
            [
                new HostNights(NightsOwner.Booking, BookingExamples.Id, Booked.From, Booked.To, BookingExamples.Reference),
                new HostNights(NightsOwner.Block, Block.Id, Closed.From, Closed.To, Block.Note),
                new HostNights(NightsOwner.Import, Imported.Id, Elsewhere.From, Elsewhere.To, Imported.Name),
            ])),
        Example.Of(new BlockNightsRequest(Closed.From, Closed.To, Block.Note)),
        Example.Of(Block),
        Example.PageOf(Block),
        Example.Of(new CalendarTokenResponse(Token, $"/api/v1/listings/{ListingExamples.Id}/calendar.ics?token={Token}", Now)),
        Calendar,
        Example.Of<IReadOnlyList<ImportRequest?>>([Import], "Imports"),
        Example.Of(Imported),
        Example.PageOf(Imported),
    ];
}
