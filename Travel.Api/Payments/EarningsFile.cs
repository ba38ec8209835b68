using System.Globalization;
using System.Text;
using System.Text.Json;
using Travel.Contracts;
using Travel.Contracts.Listings;
using Travel.Contracts.Payments;

namespace Travel.Api.Payments;

/// <summary>
/// Earnings as a file for bookkeeping (RFC 4180): a header, then a line for each earning, oldest first, and nothing that is not one. The sum
/// of <c>payout</c> for one <c>currency</c> is what Travel has received for the host; <c>amount</c> has what was paid at the place too.
/// </summary>
internal static class EarningsFile
{
    private const string Header = "earned_on,kind,payment_mode,booking,listing,guest,check_in,check_out,status,amount,payout,currency";
    private const string LineEnd = "\r\n";

    private static readonly char[] NeedQuotes = [',', '"', '\r', '\n'];

    /// <summary>With which a spreadsheet takes a cell for a formula.</summary>
    private const string Formula = "=+-@\t\r";

    public static string Of(EarningsResponse earnings)
    {
        var text = new StringBuilder(Header).Append(LineEnd);
        foreach (var earning in earnings.Items.Reverse())
        {
            text.AppendJoin(',', CellsOf(earning)).Append(LineEnd);
        }

        return text.ToString();
    }

    public static string NameOf(EarningsSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"travel-earnings-{span.From:yyyy-MM-dd}-{span.To:yyyy-MM-dd}.csv");

    private static IEnumerable<string> CellsOf(Earning earning) =>
    [
        Iso(earning.EarnedOn),
        Name(earning.Kind),
        Name(earning.PaymentMode),
        Text(earning.Reference),
        Text(earning.ListingTitle),
        Text(earning.GuestName),
        Iso(earning.CheckIn),
        Iso(earning.CheckOut),
        Name(earning.Status),
        earning.Amount.ToDecimalString(),
        (earning.PaymentMode == PaymentMode.Online ? earning.Amount : earning.Amount with { MinorUnits = 0 }).ToDecimalString(),
        earning.Amount.Currency,
    ];

    /// <summary>What people have written: an apostrophe before what a spreadsheet would work out, as OWASP says. Numbers are ours and stay numbers.</summary>
    private static string Text(string cell)
    {
        var harmless = cell.Length > 0 && Formula.Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
        return harmless.IndexOfAny(NeedQuotes) < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
