using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Travel.Contracts;

/// <summary>An amount in the minor unit of its currency (santim, cent). On the wire <c>{"amount":"1250.00","currency":"ETB"}</c>.</summary>
/// <param name="MinorUnits">Whole minor units; 125000 is 1,250.00 ETB.</param>
/// <param name="Currency">ISO 4217 code, upper case.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long MinorUnits, string Currency)
{
    public static Money operator +(Money left, Money right) =>
        left.Currency == right.Currency
            ? left with { MinorUnits = checked(left.MinorUnits + right.MinorUnits) }
            : throw new InvalidOperationException($"{left.Currency} and {right.Currency} cannot be added.");

    public static Money operator -(Money left, Money right) => left + (right with { MinorUnits = checked(-right.MinorUnits) });

    public static Money operator *(Money price, int quantity) => price with { MinorUnits = checked(price.MinorUnits * quantity) };

    /// <summary>The amount as a canonical decimal, with as many decimals as the currency has: <c>1250.00</c>.</summary>
    public string ToDecimalString()
    {
        var decimals = Currencies.DecimalsOf(Currency);
        return (MinorUnits / Scale(decimals)).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    /// <summary>For people: <c>1,250.00 ETB</c>.</summary>
    public override string ToString()
    {
        var decimals = Currencies.DecimalsOf(Currency);
        return (MinorUnits / Scale(decimals)).ToString("N" + decimals, CultureInfo.InvariantCulture) + " " + Currency;
    }

    /// <summary>Reads a canonical decimal; false for an unknown currency, too many decimals or anything that is not a plain number.</summary>
    public static bool TryParse(string? amount, string? currency, out Money money)
    {
        money = default;
        // In range before it is scaled: decimals overflow with an exception.
        if (currency is null || !Currencies.IsKnown(currency)
            || !decimal.TryParse(amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            || value is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        // 1.0000 is a whole number of cents and still no amount in a currency of two decimals: whoever writes it means something else.
        var decimals = Currencies.DecimalsOf(currency);
        var minorUnits = value * Scale(decimals);
        if (value.Scale > decimals || minorUnits is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        money = new Money((long)minorUnits, currency);
        return true;
    }

    private static decimal Scale(int decimals) => decimals switch { 0 => 1m, 2 => 100m, 3 => 1000m, _ => throw new ArgumentOutOfRangeException(nameof(decimals)) };
}

/// <summary>The currencies a listing may be priced in: those the payment gateway takes.</summary>
public static class Currencies
{
    public const string EthiopianBirr = "ETB";
    public const string UsDollar = "USD";

    public static IReadOnlyList<string> All { get; } = [EthiopianBirr, UsDollar];

    public static bool IsKnown(string code) => code is EthiopianBirr or UsDollar;

    /// <summary>Decimals of the minor unit (ISO 4217).</summary>
    public static int DecimalsOf(string code) =>
        IsKnown(code) ? 2 : throw new ArgumentException($"'{code}' is not a currency Travel knows.", nameof(code));
}

internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var wire = JsonSerializer.Deserialize<Wire>(ref reader, options);
        return Money.TryParse(wire?.Amount, wire?.Currency, out var money)
            ? money
            : throw new JsonException("Money is an amount as a decimal string and an ISO 4217 currency that Travel knows.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount"u8, value.ToDecimalString());
        writer.WriteString("currency"u8, value.Currency);
        writer.WriteEndObject();
    }

    private sealed record Wire(string? Amount, string? Currency);
}
