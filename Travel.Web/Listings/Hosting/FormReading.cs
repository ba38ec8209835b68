using System.Globalization;
using Travel.Contracts;

namespace Travel.Web.Listings.Hosting;

/// <summary>
/// Reads what was typed into a form and gathers what cannot be read, by the Api's names of the fields. Whether it makes sense is the
/// Api's to say.
/// </summary>
internal sealed class FormReading
{
    public Dictionary<string, string[]> Errors { get; } = new(StringComparer.Ordinal);

    public int Whole(string field, string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Wrong<int>(field, "Is not a whole number.");

    public int? WholeOrNothing(string field, string? text) => string.IsNullOrWhiteSpace(text) ? null : Whole(field, text.Trim());

    public double Degrees(string field, string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : Wrong<double>(field, "Is not a number of degrees, like 9.0192.");

    public TimeOnly Hour(string field, string? text) =>
        TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : Wrong<TimeOnly>(field, "Is not a time, like 14:00.");

    public DateOnly Day(string field, string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : Wrong<DateOnly>(field, "Is not a date.");

    public Money Amount(string field, string? text, string? currency) =>
        Money.TryParse(text?.Trim(), currency, out var money) ? money : Wrong<Money>(field, "Is not an amount, like 1250.00.");

    public Money? AmountOrNothing(string field, string? text, string? currency) =>
        string.IsNullOrWhiteSpace(text) ? null : Amount(field, text, currency);

    public T Choice<T>(string field, string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : Wrong<T>(field, "Choose one.");

    private T Wrong<T>(string field, string error) where T : struct
    {
        Errors[field] = [error];
        return default;
    }
}
