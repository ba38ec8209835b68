using Travel.Contracts;
using Travel.Contracts.Listings;

namespace Travel.Domain.Listings;

/// <summary>What may be charged. Pure: errors by field, none when all is well.</summary>
public static class RateRules
{
    public const string PriceBounds = "More than nothing, and at most 10,000,000.00.";
    public const int MostSeasons = 50;
    private const string FeeBounds = "Not negative, and at most 10,000,000.00.";

    public static Dictionary<string, string[]> ErrorsOf(Rates rates, int maxGuests)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var currency = rates.PricePerNight.Currency;
        Price("pricePerNight", rates.PricePerNight);
        Price("weekendPrice", rates.WeekendPrice);
        Fee("cleaningFee", rates.CleaningFee);
        Fee("extraGuestFee", rates.ExtraGuestFee);
        Check(rates.WeekendNights is null || rates.WeekendNights.Distinct().Count() == rates.WeekendNights.Count, "weekendNights", "Each day once.");
        Check(rates.IncludedGuests is null || (rates.IncludedGuests >= 1 && rates.IncludedGuests <= maxGuests), "includedGuests", $"Between 1 and {maxGuests} guests.");
        Check(
            rates.ExtraGuestFee is not { MinorUnits: > 0 } || rates.IncludedGuests is not null,
            "includedGuests",
            "Say how many guests are included, so that it is clear who is an extra guest.");

        var seasons = rates.Seasons ?? [];
        Check(seasons.Count <= MostSeasons, "seasons", $"At most {MostSeasons} seasons.");
        for (var index = 0; index < seasons.Count && index < MostSeasons; index++)
        {
            var (season, field) = (seasons[index], $"seasons[{index}]");
            Check(PlainText.IsLine(season.Name, 1, 60), field + ".name", "One line of at most 60 characters.");
            Check(season.From < season.To, field + ".to", "After its first night: the last night is the one before.");
            Price(field + ".pricePerNight", season.PricePerNight);
            Check(season.MinNights is null or (>= 1 and <= ListingRules.LongestStay), field + ".minNights", $"Between 1 and {ListingRules.LongestStay} nights.");
            var other = seasons.Take(index).FirstOrDefault(earlier => earlier.From < season.To && season.From < earlier.To);
            Check(other is null, field + ".from", $"Has nights that “{other?.Name}” has already.");
        }

        return errors;

        void Price(string field, Money? price) => Amount(field, price, from: 1, PriceBounds);

        void Fee(string field, Money? fee) => Amount(field, fee, from: 0, FeeBounds);

        void Amount(string field, Money? money, long from, string bounds)
        {
            Check(money is null || money.Value.Currency == currency, field, $"In {currency} like the base price.");
            Check(money is null || (money.Value.MinorUnits >= from && money.Value.MinorUnits <= ListingRates.HighestAmountMinorUnits), field, bounds);
        }

        void Check(bool good, string field, string error)
        {
            if (!good)
            {
                errors.TryAdd(field, [error]);
            }
        }
    }
}
