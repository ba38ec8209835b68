using Travel.Contracts;

namespace Travel.Api.Search;

/// <summary>
/// Puts prices of all currencies on one scale, in hundredths of a santim: whole numbers, so that comparing them never rounds. Pure.
/// </summary>
internal sealed class PriceScale(SearchOptions options)
{
    /// <summary>Of one minor unit.</summary>
    public const long OneSantim = 100;

    public long OneDollarCent { get; } = (long)decimal.Round(options.BirrPerUsDollar * OneSantim);

    public long Of(Money money) => checked(money.MinorUnits * UnitOf(money.Currency));

    /// <summary>The lowest amount in this currency that is not below the value.</summary>
    public long NotBelow(long value, string currency) => (value / UnitOf(currency)) + (value % UnitOf(currency) > 0 ? 1 : 0);

    /// <summary>The highest amount in this currency that is not above the value.</summary>
    public long NotAbove(long value, string currency) => value / UnitOf(currency);

    private long UnitOf(string currency) => currency == Currencies.UsDollar ? OneDollarCent : OneSantim;
}
