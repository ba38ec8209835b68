using System.Globalization;
using System.Text;
using System.Text.Json;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Domain;

namespace Travel.Api.Payments;

/// <summary>
/// Earnings as a file for bookkeeping (RFC 4180): a header, then a line for each earning, oldest first, and nothing that is not one. The sum
/// of <c>payout</c> for one <c>currency</c> is what Travel has received for the host; <c>amount</c> has what was paid at the place too.
/// </summary>
internal static class EarningsFile
{
    private static readonly string[] Header =
        ["earned_on", "kind", "payment_mode", "booking", "listing", "guest", "check_in", "check_out", "status", "amount", "payout", "currency"];

    public static string Of(EarningsResponse earnings)
    {
        var text = new StringBuilder(CsvText.Line(Header));
        foreach (var earning in earnings.Items.Reverse())
        {
            text.Append(CsvText.Line(CellsOf(earning)));
        }

        return text.ToString();
    }

    public static string NameOf(EarningsSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"travel-earnings-{span.From:yyyy-MM-dd}-{span.To:yyyy-MM-dd}.csv");

    private static IEnumerable<string> CellsOf(Earning earning) =>
    [
        CsvText.Day(earning.EarnedOn),
        Name(earning.Kind),
        Name(earning.PaymentMode),
        CsvText.Text(earning.Reference),
        CsvText.Text(earning.ListingTitle),
        CsvText.Text(earning.GuestName),
        CsvText.Day(earning.CheckIn),
        CsvText.Day(earning.CheckOut),
        Name(earning.Status),
        earning.Amount.ToDecimalString(),
        (earning.PaymentMode == PaymentMode.Online ? earning.Amount : earning.Amount with { MinorUnits = 0 }).ToDecimalString(),
        earning.Amount.Currency,
    ];

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
