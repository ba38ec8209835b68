using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Domain.Listings;

namespace Travel.Domain.Bookings;

/// <summary>The all-in price of a stay. Pure: the same listing, stay and instant give the same quote.</summary>
public static class QuoteStay
{
    /// <summary>How long a quote that is only looked at is honoured.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    public static Quote For(Listing listing, StayRequest stay, DateTimeOffset now)
    {
        var accommodation = Accommodation(listing, stay.Nights);
        return new Quote(
            stay.Nights,
            [new QuoteLine("Nights", stay.Nights, accommodation)],
            Total(listing, stay.Nights),
            listing.Currency,
            listing.CancellationPolicy,
            now + Validity);
    }

    /// <summary>What all lines of the quote come to; search shows it without making one.</summary>
    public static Money Total(Listing listing, int nights) => Accommodation(listing, nights);

    private static Money Accommodation(Listing listing, int nights) => listing.PricePerNight * nights;
}
