using System.Globalization;
using Travel.Contracts;
using Travel.Contracts.Listings;

namespace Travel.Web.Listings.Hosting;

/// <summary>Prices as a host types them. They stay text, so that a mistake comes back into the form as it was made.</summary>
internal sealed class RatesForm
{
    /// <summary>Empty lines below the seasons that are there: without script a page cannot grow.</summary>
    private const int MoreSeasons = 2;

    public string? ETag { get; set; }
    public string? Currency { get; set; }
    public string? Price { get; set; }
    public string? WeekendPrice { get; set; }
    public List<string>? WeekendNights { get; set; }
    public string? CleaningFee { get; set; }
    public string? ExtraGuestFee { get; set; }
    public string? IncludedGuests { get; set; }
    public List<SeasonForm>? Seasons { get; set; }

    public static RatesForm Of(Rates rates, string? etag) => new RatesForm
    {
        ETag = etag,
        Currency = rates.PricePerNight.Currency,
        Price = rates.PricePerNight.ToDecimalString(),
        WeekendPrice = rates.WeekendPrice?.ToDecimalString(),
        WeekendNights = [.. (rates.WeekendNights ?? []).Select(day => day.ToString())],
        CleaningFee = Fee(rates.CleaningFee),
        ExtraGuestFee = Fee(rates.ExtraGuestFee),
        IncludedGuests = rates.IncludedGuests?.ToString(CultureInfo.InvariantCulture),
        Seasons = [.. (rates.Seasons ?? []).Select(SeasonForm.Of)],
    }.WithRoom();

    /// <summary>What is empty is left out, so that the Api's numbers of seasons are those of the lines.</summary>
    public RatesForm WithRoom()
    {
        Seasons = [.. (Seasons ?? []).Where(season => !season.IsEmpty), .. Enumerable.Range(0, MoreSeasons).Select(_ => new SeasonForm())];
        return this;
    }

    public bool TryRead(out Rates rates, out Dictionary<string, string[]> errors)
    {
        var read = new FormReading();
        errors = read.Errors;
        rates = new Rates(
            read.Amount("pricePerNight", Price, Currency),
            read.AmountOrNothing("weekendPrice", WeekendPrice, Currency),
            [.. (WeekendNights ?? []).Select(day => read.Choice<DayOfWeek>("weekendNights", day))],
            [.. (Seasons ?? []).Where(season => !season.IsEmpty).Select((season, index) => season.Read(read, $"seasons[{index}]", Currency))],
            read.AmountOrNothing("cleaningFee", CleaningFee, Currency),
            read.AmountOrNothing("extraGuestFee", ExtraGuestFee, Currency),
            read.WholeOrNothing("includedGuests", IncludedGuests));
        return errors.Count == 0;
    }

    private static string? Fee(Money? fee) => fee is { MinorUnits: > 0 } some ? some.ToDecimalString() : null;
}

internal sealed class SeasonForm
{
    public string? Name { get; set; }
    public string? From { get; set; }

    /// <summary>The day of departure after the last night.</summary>
    public string? To { get; set; }
    public string? Price { get; set; }
    public string? MinNights { get; set; }

    public bool IsEmpty => Array.TrueForAll([Name, From, To, Price, MinNights], string.IsNullOrWhiteSpace);

    public static SeasonForm Of(SeasonalRate season) => new()
    {
        Name = season.Name,
        From = Words.Iso(season.From),
        To = Words.Iso(season.To),
        Price = season.PricePerNight.ToDecimalString(),
        MinNights = season.MinNights?.ToString(CultureInfo.InvariantCulture),
    };

    public SeasonalRate Read(FormReading read, string field, string? currency) => new(
        Name?.Trim() ?? "",
        read.Day(field + ".from", From),
        read.Day(field + ".to", To),
        read.Amount(field + ".pricePerNight", Price, currency),
        read.WholeOrNothing(field + ".minNights", MinNights));
}
