using System.Text.Json;
using System.Text.Json.Serialization;
using Travel.PaymentSandbox.Gateway;
using Travel.PaymentSandbox.Refunds;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Webhooks;

/// <summary>What a webhook says. The amounts are strings here, where verify has numbers.</summary>
internal sealed record WebhookBody(
    string Event,
    string? FirstName,
    string? LastName,
    string? Email,
    string? Mobile,
    string Currency,
    string Amount,
    string? Charge,
    string Status,
    string Mode,
    string? Reference,
    string CreatedAt,
    string UpdatedAt,
    string Type,
    string TxRef,
    string? PaymentMethod,
    Customization Customization,
    JsonElement? Meta,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FailureReason)
{
    private const string Failed = "failed/cancelled";

    public static WebhookBody Of(Transaction payment)
    {
        var status = payment.Status == PaymentStatus.Success ? "success" : Failed;
        return Of(payment, status, payment.Amount, payment.Meta) with { FailureReason = payment.Payment?.FailureReason };
    }

    // The reference is the payment's: two partial refunds of one payment differ in their amount and meta alone.
    public static WebhookBody Of(Transaction payment, Refund refund) =>
        Of(payment, RefundsRoom.Word(refund.Status), refund.Amount, refund.Meta ?? payment.Meta) with { UpdatedAt = Notation.Of(refund.UpdatedAt) };

    public string ToJson() => JsonSerializer.Serialize(this, Envelope.Json);

    private static WebhookBody Of(Transaction payment, string status, decimal amount, JsonElement? meta) => new(
        "charge." + status,
        payment.FirstName,
        payment.LastName,
        payment.Email,
        payment.Payment?.Mobile ?? payment.PhoneNumber,
        payment.Currency,
        Notation.Of(amount),
        payment.Charge is { } charge ? Notation.Of(charge) : null,
        status,
        Transaction.Mode,
        payment.Reference,
        Notation.Of(payment.CreatedAt),
        Notation.Of(payment.UpdatedAt),
        "API",
        payment.TxRef,
        payment.Payment?.Method,
        payment.Customization,
        meta,
        FailureReason: null);
}
