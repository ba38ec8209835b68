using Travel.Contracts;

namespace Travel.Domain.Payments.Chapa;

/// <summary>What is to be paid.</summary>
/// <param name="TxRef">Ours, at most 50 characters, never used before.</param>
/// <param name="Description">Shown to the guest: letters, digits, hyphens, underscores, full stops and spaces.</param>
public sealed record CheckoutRequest(string TxRef, Money Amount, string Description, Uri ReturnAddress, Uri CallbackAddress);

/// <summary>What became of asking for a page on which to pay.</summary>
public abstract record CheckoutAnswer
{
    private CheckoutAnswer()
    {
    }

    public sealed record Opened(Uri Page) : CheckoutAnswer;

    /// <summary>The reference was used before: an earlier attempt at the same had arrived, and its answer had not.</summary>
    public sealed record ReferenceUsed : CheckoutAnswer;

    /// <param name="Sentence">The gateway's.</param>
    public sealed record Refused(string Sentence) : CheckoutAnswer;

    /// <summary>None, or none that can be read; whether it arrived is not known.</summary>
    public sealed record None : CheckoutAnswer;
}

public enum GatewayPaymentStatus { Pending, Success, Failed }

/// <summary>A payment as the gateway has it, told when it was asked.</summary>
/// <param name="Amount">Null when it is no amount of a currency that Travel knows.</param>
/// <param name="Reference">The gateway's own; there once somebody has paid.</param>
/// <param name="Charge">What the gateway keeps for itself, where it says so.</param>
public sealed record GatewayPayment(
    GatewayPaymentStatus Status, string? TxRef, Money? Amount, string? Mode, string? Reference = null, string? Method = null, Money? Charge = null);

/// <param name="Rows">How many there are; none when the list is over.</param>
/// <param name="Payments">Those that can be read.</param>
public sealed record ListedPage(int Rows, IReadOnlyList<ListedPayment> Payments);

/// <summary>A payment in the gateway's own list.</summary>
public sealed record ListedPayment(GatewayPayment Payment, DateTimeOffset CreatedAt);

/// <summary>What the gateway says when it is asked about a payment.</summary>
public abstract record VerifyAnswer
{
    private VerifyAnswer()
    {
    }

    public sealed record Found(GatewayPayment Payment) : VerifyAnswer;

    /// <summary>It has never heard of it.</summary>
    public sealed record Unheard : VerifyAnswer;

    /// <summary>It cannot be asked now, or answers what cannot be read.</summary>
    public sealed record None : VerifyAnswer;
}

public enum GatewayRefundStatus { Initiated, Processing, Refunded, Reversed }

/// <param name="RefundId">The gateway's own, by which it is asked for.</param>
public sealed record GatewayRefund(string RefundId, GatewayRefundStatus Status, Money? Amount);

/// <summary>What the gateway says to a refund, when it is sent and when it is asked about.</summary>
public abstract record RefundAnswer
{
    private RefundAnswer()
    {
    }

    public sealed record Known(GatewayRefund Refund) : RefundAnswer;

    /// <param name="Sentence">The gateway's.</param>
    public sealed record Refused(string Sentence) : RefundAnswer;

    /// <summary>None, or none that can be read; whether it arrived is not known.</summary>
    public sealed record None : RefundAnswer;
}
