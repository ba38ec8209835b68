using Microsoft.EntityFrameworkCore;
using Travel.Contracts;

namespace Travel.Domain.Listings;

/// <summary>What one night is sold at, and under which name it stands in a quote.</summary>
public sealed record NightRate(string Label, Money Price);

/// <summary>Which rate a night has. The rules are in docs/pricing.md.</summary>
public static class ListingRates
{
    /// <summary>Of any single amount a host may set: 10,000,000.00. The longest stay at it is far from what a <c>long</c> holds.</summary>
    public const long HighestAmountMinorUnits = 1_000_000_000;

    /// <summary>Loads what pricing needs besides the listing itself.</summary>
    public static IQueryable<Listing> WithRates(this IQueryable<Listing> listings) => listings.Include(listing => listing.Seasons);

    /// <summary>The one rate of this night: its season's, else the weekend's, else the base price.</summary>
    public static NightRate RateOn(this Listing listing, DateOnly night)
    {
        if (listing.SeasonOf(night) is { } season)
        {
            return new NightRate($"Nights, {season.Name}", new Money(season.PricePerNightMinorUnits, listing.Currency));
        }

        return listing.WeekendPriceMinorUnits is { } weekend && listing.WeekendNights.Contains(night.DayOfWeek)
            ? new NightRate("Weekend nights", new Money(weekend, listing.Currency))
            : new NightRate("Nights", listing.PricePerNight);
    }

    /// <summary>What all guests beyond those included add to a night.</summary>
    public static Money ExtraGuestsPerNight(this Listing listing, int guests) =>
        new Money(listing.ExtraGuestFeeMinorUnits, listing.Currency) * listing.ExtraGuests(guests);

    public static int ExtraGuests(this Listing listing, int guests) => Math.Max(0, guests - (listing.IncludedGuests ?? listing.MaxGuests));

    /// <summary>The least number of nights of a stay that begins on this day. A season can ask for more than the listing, not for less.</summary>
    public static int MinNightsFrom(this Listing listing, DateOnly checkIn) =>
        Math.Max(listing.MinNights, listing.SeasonOf(checkIn)?.MinNights ?? 1);

    private static Season? SeasonOf(this Listing listing, DateOnly night) =>
        (listing.Seasons ?? throw new InvalidOperationException($"Listing {listing.Id} was loaded without its rates."))
            .Find(season => season.Has(night));
}
