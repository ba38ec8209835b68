using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Travel.Worker.Mail.Templates;

/// <summary>The confirmation for those who read mail as text, and the facts that both forms list.</summary>
internal static class BookingConfirmedText
{
    public static string Of(BookedStay stay, IStringLocalizer<MailTexts> texts) =>
        $"""
        {texts["BookingConfirmed.Greeting", stay.GuestName]}

        {texts["BookingConfirmed.Lead"]}

        {stay.Title}
        {stay.City}, {stay.Country}

        {string.Join('\n', Facts(stay, texts).Select(fact => $"{fact.Label}: {fact.Value}"))}
        {texts["TimeZone", stay.TimeZone]}

        {texts["BookingConfirmed.PayOnArrival", stay.Total]}

        {texts["BookingConfirmed.SeeTrip"]}: {stay.TripAddress}

        --
        {texts["Footer"]}
        """;

    public static IEnumerable<(string Label, string Value)> Facts(BookedStay stay, IStringLocalizer<MailTexts> texts) =>
    [
        (texts["Reference"], stay.Reference),
        (texts["CheckIn"], texts["From", BookedStay.Day(stay.CheckIn), BookedStay.Time(stay.CheckIn)]),
        (texts["CheckOut"], texts["Until", BookedStay.Day(stay.CheckOut), BookedStay.Time(stay.CheckOut)]),
        (texts["Nights"], stay.Nights.ToString(CultureInfo.CurrentCulture)),
        (texts["Guests"], stay.Guests.ToString(CultureInfo.CurrentCulture)),
        (texts["Total"], stay.Total),
    ];
}
