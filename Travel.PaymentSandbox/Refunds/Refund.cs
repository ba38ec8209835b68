using System.Text.Json;
using System.Text.Json.Serialization;

namespace Travel.PaymentSandbox.Refunds;

public enum RefundStatus
{
    Initiated,
    Processing,
    Refunded,
    Reversed,
}

/// <summary>Money on its way back to who paid.</summary>
public sealed record Refund
{
    /// <summary>Chapa's name for it.</summary>
    public required string RefId { get; init; }

    public required decimal Amount { get; init; }

    public string? Reason { get; init; }

    /// <summary>The merchant's name for it, unique among all refunds.</summary>
    public string? MerchantReference { get; init; }

    public JsonElement? Meta { get; init; }

    public RefundStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public bool IsUnderWay => Status is RefundStatus.Initiated or RefundStatus.Processing;

    /// <summary>How far it has come. One that is stuck stays in the middle for as long as it is.</summary>
    public Refund At(DateTimeOffset now, TimeSpan takes, bool isStuck, bool isReversed)
    {
        var status = this switch
        {
            { IsUnderWay: false } => Status,
            _ when !isStuck && now >= CreatedAt + takes => isReversed ? RefundStatus.Reversed : RefundStatus.Refunded,
            _ when now >= CreatedAt + (takes / 2) => RefundStatus.Processing,
            _ => Status,
        };
        return status == Status ? this : this with { Status = status, UpdatedAt = now };
    }
}
