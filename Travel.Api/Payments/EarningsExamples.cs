using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;

namespace Travel.Api.Payments;

internal static class EarningsExamples
{
    private static readonly DateOnly FirstDay = new(BookingExamples.CheckOut.Year, BookingExamples.CheckOut.Month, 1);
    private static readonly Money Total = ListingExamples.Quote.Total;
    private static readonly Money Nothing = Total with { MinorUnits = 0 };

    private static readonly EarningsResponse Earnings = new(
        FirstDay,
        FirstDay.AddMonths(1).AddDays(-1),
        [new EarningsTotal(Total.Currency, Payout: Total, OnArrival: Nothing, Upcoming: Nothing)],
        [
            new Earning(
                BookingExamples.Id, BookingExamples.Reference, ListingExamples.Listing.Title, "Dawit", BookingExamples.CheckIn, BookingExamples.CheckOut,
                BookingStatus.Completed, PaymentMode.Online, EarningKind.Stay, BookingExamples.CheckOut, Total),
        ]);

    public static readonly Example File = Example.Of(EarningsFile.Of(Earnings), "EarningsFile");

    public static IReadOnlyList<Example> All { get; } = [Example.Of(Earnings), File];
}
