namespace Travel.Domain.Payments;

/// <summary>Why money goes back.</summary>
public enum RefundCause { Late, PaidTwice, Cancelled, Changed, Operator }

public static class RefundCauses
{
    /// <summary>As histories, messages and the ledger have it.</summary>
    public static string NameOf(RefundCause cause) => cause switch
    {
        RefundCause.Late => "late",
        RefundCause.PaidTwice => "paid-twice",
        RefundCause.Cancelled => "cancelled",
        RefundCause.Changed => "changed",
        RefundCause.Operator => "operator",
        _ => throw new ArgumentOutOfRangeException(nameof(cause)),
    };
}
