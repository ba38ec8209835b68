using Travel.Api.Search;
using Travel.Contracts;

namespace Travel.Tests.Search;

public sealed class PriceScaleTests
{
    private static readonly PriceScale Scale = new(new SearchOptions { BirrPerUsDollar = 130.25m });

    [Fact]
    public void A_dollar_and_what_it_counts_in_birr_are_the_same() =>
        Scale.Of(new Money(100, Currencies.UsDollar)).ShouldBe(Scale.Of(new Money(130_25, Currencies.EthiopianBirr)));

    [Fact]
    public void A_bound_in_one_currency_is_the_nearest_amount_on_its_inner_side_in_the_other()
    {
        var bound = Scale.Of(new Money(150_00, Currencies.EthiopianBirr));

        // 150 birr are 1.1516 dollars.
        Scale.NotBelow(bound, Currencies.UsDollar).ShouldBe(116);
        Scale.NotAbove(bound, Currencies.UsDollar).ShouldBe(115);
        (Scale.NotBelow(bound, Currencies.EthiopianBirr), Scale.NotAbove(bound, Currencies.EthiopianBirr)).ShouldBe((150_00, 150_00));
    }
}
