using Travel.Contracts;
using Travel.Domain.Listings;

namespace Travel.Worker.Seeding;

/// <summary>Gives a demo listing weekend prices, seasons and fees, or some of them, or none. Amounts are round, as hosts set them.</summary>
internal static class DemoRates
{
    private const int LongestSeasonDays = 60;

    public static void Set(Listing listing, DemoCalendar calendar)
    {
        var dice = new Dice("rates of " + listing.Slug);
        if (dice.Chance(0.4))
        {
            listing.WeekendPriceMinorUnits = Part(listing, dice.Between(1.1, 1.3));
        }

        if (dice.Chance(0.5))
        {
            listing.CleaningFeeMinorUnits = Part(listing, dice.Between(0.2, 0.6));
        }

        if (listing.MaxGuests > 2 && dice.Chance(0.35))
        {
            listing.IncludedGuests = listing.MaxGuests / 2;
            listing.ExtraGuestFeeMinorUnits = Part(listing, dice.Between(0.08, 0.15));
        }

        if (dice.Chance(0.5))
        {
            AddSeasons(listing, calendar, dice);
        }
    }

    /// <summary>High and low ones in turn, with ordinary weeks between them, from before the anchor to more than a year after it.</summary>
    private static void AddSeasons(Listing listing, DemoCalendar calendar, Dice dice)
    {
        var high = dice.Chance(0.5);
        for (var day = dice.Roll(LongestSeasonDays) - 30; day < 400; high = !high)
        {
            var days = 14 + dice.Roll(LongestSeasonDays - 14);
            listing.Seasons!.Add(new Season
            {
                Id = dice.Id(listing.CreatedAt),
                ListingId = listing.Id,
                Name = high ? "high season" : "low season",
                FromOn = calendar.AnchorOn.AddDays(day),
                ToOn = calendar.AnchorOn.AddDays(day + days),
                PricePerNightMinorUnits = Part(listing, high ? dice.Between(1.2, 1.6) : dice.Between(0.7, 0.9)),
            });
            day += days + 14 + dice.Roll(60);
        }
    }

    private static long Part(Listing listing, double share)
    {
        var step = listing.Currency == Currencies.EthiopianBirr ? 50_00 : 1_00;
        return step * Math.Max(1, (long)Math.Round(listing.PricePerNightMinorUnits * share / step));
    }
}
