using Travel.Contracts.Listings;
using Travel.Contracts.Payments;
using Travel.Web.Availability;
using Travel.Web.Listings;

namespace Travel.Web.Payments;

internal static class EarningsWords
{
    /// <summary><c>November 2026</c> for a whole month, else its first and last day.</summary>
    public static string Span(DateOnly from, DateOnly to) =>
        from.Day == 1 && to == from.AddMonths(1).AddDays(-1) ? Months.Name(from) : $"{Words.Day(from)} – {Words.Day(to)}";

    public static string For(Earning earning) => (earning.Kind, earning.PaymentMode) switch
    {
        (EarningKind.CancellationFee, _) when earning.Amount.MinorUnits < 0 => "Given back to the guest",
        (EarningKind.CancellationFee, _) => "Kept of a cancelled or shortened stay",
        (_, PaymentMode.OnArrival) => "Stay, paid at the place",
        _ => "Stay, paid online",
    };
}
