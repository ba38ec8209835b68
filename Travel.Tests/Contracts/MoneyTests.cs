using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Travel.Contracts;

namespace Travel.Tests.Contracts;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("1250.00", 125_000)]
    [InlineData("1250.5", 125_050)]
    [InlineData("1250", 125_000)]
    [InlineData("0", 0)]
    [InlineData("-0.01", -1)]
    [InlineData("92233720368547758.07", long.MaxValue)]
    [InlineData("-92233720368547758.08", long.MinValue)]
    public void A_plain_decimal_is_read_as_whole_minor_units(string amount, long minorUnits)
    {
        Money.TryParse(amount, "ETB", out var money).ShouldBeTrue();

        money.ShouldBe(new Money(minorUnits, "ETB"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,250.00")]
    [InlineData("1.005")]
    [InlineData("1.000")]
    [InlineData("1.0000")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("(5)")]
    [InlineData("NaN")]
    [InlineData("92233720368547758.08")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("792281625142643375935439503350")]
    public void What_is_not_an_amount_of_whole_minor_units_is_refused(string? amount) =>
        Money.TryParse(amount, "ETB", out _).ShouldBeFalse();

    [Theory]
    [InlineData("EUR")]
    [InlineData("etb")]
    [InlineData("")]
    [InlineData(null)]
    public void A_currency_that_Travel_does_not_know_is_refused(string? currency) =>
        Money.TryParse("1.00", currency, out _).ShouldBeFalse();

    [Fact]
    public void What_is_written_is_read_back_the_same_whatever_the_amount()
    {
        var anyAmount = Gen.OneOf(
            ArbMap.Default.GeneratorFor<long>(), Gen.Elements(long.MinValue, long.MaxValue, -1, 1, 99, 100), Gen.Choose(-1000, 1000).Select(it => (long)it));
        Prop.ForAll(anyAmount.ToArbitrary(), (long minorUnits) =>
        {
            var money = new Money(minorUnits, "USD");
            Money.TryParse(money.ToDecimalString(), "USD", out var parsed).ShouldBeTrue();
            parsed.ShouldBe(money);
            JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money, TravelJson.Options), TravelJson.Options).ShouldBe(money);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("am-ET")]
    [InlineData("en-US")]
    public void It_is_written_the_same_in_every_language(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var money = new Money(123_456_789, "ETB");

            money.ToString().ShouldBe("1,234,567.89 ETB");
            money.ToDecimalString().ShouldBe("1234567.89");
            JsonSerializer.Serialize(money, TravelJson.Options).ShouldBe("""{"amount":"1234567.89","currency":"ETB"}""");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("""{"amount":1250.00,"currency":"ETB"}""")]
    [InlineData("""{"amount":"1250.00","currency":"EUR"}""")]
    [InlineData("""{"amount":"1250.005","currency":"ETB"}""")]
    [InlineData("""{"amount":"79228162514264337593543950335","currency":"ETB"}""")]
    [InlineData("""{"currency":"ETB"}""")]
    [InlineData("""{"amount":"1250.00"}""")]
    [InlineData("\"1250.00 ETB\"")]
    [InlineData("null")]
    public void Json_that_is_not_money_is_an_error_of_the_json(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Money>(json, TravelJson.Options));

    [Fact]
    public void Sums_and_multiples_are_exact()
    {
        (new Money(10, "ETB") + new Money(20, "ETB")).ShouldBe(new Money(30, "ETB"));
        (new Money(33_33, "USD") * 3).ShouldBe(new Money(99_99, "USD"));
    }

    [Fact]
    public void Two_currencies_are_never_added() =>
        Should.Throw<InvalidOperationException>(() => new Money(1, "ETB") + new Money(1, "USD"));

    [Fact]
    public void What_does_not_fit_is_an_error_and_never_another_amount()
    {
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "ETB") + new Money(1, "ETB"));
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "ETB") * 2);
    }
}
