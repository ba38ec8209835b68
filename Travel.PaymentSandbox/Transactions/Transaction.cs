using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Refunds;
using Travel.PaymentSandbox.Webhooks;

namespace Travel.PaymentSandbox.Transactions;

public enum PaymentStatus
{
    Pending,
    Success,
    Failed,
}

/// <summary>What a merchant shows on the pay page.</summary>
public sealed record Customization(string? Title = null, string? Description = null, string? Logo = null);

/// <summary>What has happened, for the merchant to read.</summary>
public sealed record TransactionEvent(string Item, string Message, string Type, DateTimeOffset At);

/// <summary>What somebody paid with. No card number: it is looked at and forgotten.</summary>
public sealed record Payment(string Method, string? Mobile, string? FailureReason);

/// <summary>One payment that a merchant has asked for, with all that belongs to it. Never changed, only replaced in the book.</summary>
public sealed record Transaction
{
    public const string Mode = "test";

    // Chapa's own examples take 3 and 3.5 per cent.
    private const decimal Fee = 0.035m;

    public required string TxRef { get; init; }

    /// <summary>The last segment of the pay page's address; whoever knows it may pay.</summary>
    public required string Token { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }

    public Uri? CallbackUrl { get; init; }

    public Uri? ReturnUrl { get; init; }

    public Customization Customization { get; init; } = new();

    public JsonElement? Meta { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    public PaymentStatus Status { get; init; }

    /// <summary>Chapa's own reference; there is none before somebody has tried to pay.</summary>
    public string? Reference { get; init; }

    public Payment? Payment { get; init; }

    public decimal? Charge { get; init; }

    public ImmutableList<Refund> Refunds { get; init; } = [];

    public ImmutableList<Delivery> Deliveries { get; init; } = [];

    public ImmutableList<TransactionEvent> Events { get; init; } = [];

    /// <summary>What has not been given back, nor is on its way.</summary>
    [JsonIgnore]
    public decimal Refundable => Amount - Refunds.Where(refund => refund.Status != RefundStatus.Reversed).Sum(refund => refund.Amount);

    public bool IsPayable(FaultSet faults) => Status == PaymentStatus.Pending && (CancelledAt is null || faults.CancelIgnored);

    public Transaction Cancelled(DateTimeOffset now) =>
        this with { CancelledAt = now, UpdatedAt = now, Events = Events.Add(new("Cancelled", "The payment link was cancelled", "log", now)) };

    public Transaction Paid(Payment payment, string reference, DateTimeOffset now)
    {
        var status = payment.FailureReason is null ? PaymentStatus.Success : PaymentStatus.Failed;
        return this with
        {
            Status = status,
            Payment = payment,
            Reference = reference,
            Charge = status == PaymentStatus.Success ? decimal.Round(Amount * Fee, 2) : null,
            UpdatedAt = now,
            Events = Events.Add(new(status == PaymentStatus.Success ? "Paid" : "Failed", payment.FailureReason ?? $"Paid with {payment.Method}", "log", now)),
        };
    }

    public Transaction With(Refund refund) => Refunds.Find(known => known.RefId == refund.RefId) is { } known
        ? this with { Refunds = Refunds.Replace(known, refund) }
        : this with { Refunds = Refunds.Add(refund) };

    public Transaction With(Delivery delivery) => Deliveries.Find(known => known.Id == delivery.Id) is { } known
        ? this with { Deliveries = Deliveries.Replace(known, delivery) }
        : this with { Deliveries = Deliveries.Add(delivery) };
}
