using System.Text.Json.Serialization;

namespace Travel.Contracts.Payments;

/// <summary>What the payment provider sends of its own accord, as far as it is read; the rest is kept as it came.</summary>
/// <param name="Event">Such as <c>charge.success</c>.</param>
/// <param name="TxRef">Which payment it is about. Required.</param>
/// <param name="Reference">The provider's own, of the payment.</param>
/// <param name="Status">What it says of the payment, or of the refund.</param>
/// <param name="Meta">What Travel gave the provider to send back.</param>
public sealed record PaymentWebhook(
    [property: JsonPropertyName("event")] string? Event,
    [property: JsonPropertyName("tx_ref")] string? TxRef,
    [property: JsonPropertyName("reference")] string? Reference,
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("meta")] PaymentWebhookMeta? Meta = null);

/// <param name="Refund">Our reference of the refund that it is about.</param>
public sealed record PaymentWebhookMeta([property: JsonPropertyName("refund")] string? Refund);
