using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>
/// The all-in price of a stay. Pure: the same listing, stay and instant give the same quote. How it is made and why is in docs/pricing.md.
/// </summary>
public static class QuoteStay
{
    /// <summary>How long a quote that is only looked at may go on being shown.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    /// <param name="listing">Loaded with its rates: <see cref="ListingRates.WithRates(IQueryable{Listing})"/>.</param>
    /// <param name="stay">One that <see cref="StayRequest.ErrorsAt"/> finds nothing wrong with.</param>
    public static Quote For(Listing listing, StayRequest stay, DateTimeOffset now)
    {
        var lines = Lines(listing, stay.CheckIn, stay.CheckOut, stay.Guests);
        return new Quote(
            stay.Nights,
            lines,
            Sum(listing, lines),
            listing.Currency,
            listing.CancellationPolicy,
            now + Validity,
            FirstNight: listing.RateOn(stay.CheckIn).Price + listing.ExtraGuestsPerNight(stay.Guests),
            CleaningFee: CleaningFee(listing));
    }

    /// <summary>What all lines of the quote come to. Search reckons the same in SQL, where a test compares the two.</summary>
    /// <param name="listing">Loaded with its rates, at least those of these nights.</param>
    public static Money Total(Listing listing, DateOnly checkIn, DateOnly checkOut, int guests) =>
        Sum(listing, Lines(listing, checkIn, checkOut, guests));

    private static List<QuoteLine> Lines(Listing listing, DateOnly checkIn, DateOnly checkOut, int guests)
    {
        var nights = checkOut.DayNumber - checkIn.DayNumber;
        var lines = Enumerable.Range(0, nights)
            .Select(night => listing.RateOn(checkIn.AddDays(night)))
            .GroupBy(rate => rate)
            .Select(alike => new QuoteLine(alike.Key.Label, alike.Count(), alike.Key.Price * alike.Count(), QuoteLineKind.Nights))
            .ToList();

        if (listing.ExtraGuestsPerNight(guests) is { MinorUnits: > 0 } aNight)
        {
            var extra = listing.ExtraGuests(guests);
            lines.Add(new QuoteLine($"Nights with {extra} extra {(extra == 1 ? "guest" : "guests")}", nights, aNight * nights, QuoteLineKind.ExtraGuests));
        }

        if (CleaningFee(listing) is { MinorUnits: > 0 } cleaning)
        {
            lines.Add(new QuoteLine("Cleaning", 1, cleaning, QuoteLineKind.Cleaning));
        }

        return lines;
    }

    private static Money CleaningFee(Listing listing) => new(listing.CleaningFeeMinorUnits, listing.Currency);

    private static Money Sum(Listing listing, List<QuoteLine> lines) =>
        lines.Aggregate(new Money(0, listing.Currency), (sum, line) => sum + line.Amount);
}
