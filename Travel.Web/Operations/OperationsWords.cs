using Travel.Contracts.Operations;
using Travel.Contracts.Payments;

namespace Travel.Web.Operations;

internal static class OperationsWords
{
    public static string Why(UnsettledKind kind) => kind switch
    {
        UnsettledKind.Waiting => "Nobody knows yet whether it was paid",
        UnsettledKind.Unknown => "Somebody says it was paid, the provider does not",
        UnsettledKind.Mismatched => "Money came, and not what was asked for",
        UnsettledKind.RefundFailed => "A refund that failed: its money is back with us",
        _ => "A refund in doubt, or under way for more than three days",
    };

    /// <summary>The provider can be asked what became of it; what has come or failed for good is up to an operator.</summary>
    public static bool MayBeAsked(UnsettledKind kind) => kind is UnsettledKind.Waiting or UnsettledKind.Unknown or UnsettledKind.RefundStuck;

    public static string Cause(string cause) => cause switch
    {
        "late" => "came too late",
        "operator" => "by an operator",
        _ => cause.Replace('-', ' '),
    };

    public static string Breaches(InvariantResponse rule) => rule.Breaches == 0 ? "Holds" : $"Broken in {rule.Breaches} {(rule.Breaches == 1 ? "row" : "rows")}";
}
