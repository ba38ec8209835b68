using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Refunds;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Webhooks;

/// <summary>Adds to a transaction what its merchant is owed for news of it, as the faults of the moment want it. To be asked inside the book's lock.</summary>
internal sealed class DeliveryQueue(TransactionBook book, IOptions<SandboxOptions> options)
{
    public Transaction WithNewsOfPayment(Transaction paid, FaultSet played, DateTimeOffset now) =>
        WithCallback(WithWebhooks(paid, WebhookBody.Of(paid), played, now), played, now);

    public Transaction WithNewsOfRefund(Transaction payment, Refund refund, FaultSet played, DateTimeOffset now) =>
        WithWebhooks(payment, WebhookBody.Of(payment, refund), played, now);

    private Transaction WithWebhooks(Transaction transaction, WebhookBody body, FaultSet played, DateTimeOffset now)
    {
        if (options.Value.WebhookAddress is null)
        {
            return transaction;
        }

        var state = StateOf(played);
        var text = body.ToJson();
        return Enumerable.Range(0, played.WebhookCopies).Aggregate(transaction, (known, _) => known.With(new Delivery
        {
            Id = Guid.NewGuid(),
            Kind = DeliveryKind.Webhook,
            Event = body.Event,
            Body = text,
            State = state,
            DueAt = now + played.WebhookDelay,
        }));
    }

    // What is held back waits for another one. If everything were held back, nothing would ever be sent: the second goes out and frees the first.
    private DeliveryState StateOf(FaultSet played)
    {
        if (played.WebhookLost)
        {
            return DeliveryState.Lost;
        }

        return played.WebhookReordered && !book.All.SelectMany(transaction => transaction.Deliveries).Any(delivery => delivery.State == DeliveryState.HeldBack)
            ? DeliveryState.HeldBack
            : DeliveryState.Owed;
    }

    private static Transaction WithCallback(Transaction paid, FaultSet played, DateTimeOffset now) => paid.CallbackUrl is not { } url
        ? paid
        : paid.With(new Delivery
        {
            Id = Guid.NewGuid(),
            Kind = DeliveryKind.Callback,
            Event = "callback",
            Address = new Uri(QueryHelpers.AddQueryString(url.AbsoluteUri, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["trx_ref"] = paid.TxRef,
                ["ref_id"] = paid.Reference,
                ["status"] = VerifyTransaction.Word(paid.Status),
            })),
            State = played.CallbackLost ? DeliveryState.Lost : DeliveryState.Owed,
            DueAt = now + played.CallbackDelay,
        });
}
