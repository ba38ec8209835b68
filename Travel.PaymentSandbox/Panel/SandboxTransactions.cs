using Microsoft.AspNetCore.Http.HttpResults;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;

namespace Travel.PaymentSandbox.Panel;

/// <summary>What tests and the curious may see and do that Chapa would not let them.</summary>
internal static class SandboxTransactions
{
    public static void MapSandboxTransactions(this IEndpointRouteBuilder sandbox)
    {
        sandbox.MapGet("/transactions", IEnumerable<Transaction> (TransactionBook book) => book.All.Reverse());
        sandbox.MapGet("/transactions/{txRef}", Results<Ok<Transaction>, NotFound> (string txRef, TransactionBook book) =>
            book.Find(txRef) is { } transaction ? TypedResults.Ok(transaction) : TypedResults.NotFound());
        sandbox.MapGet("/webhooks", IEnumerable<OwedWebhook> (TransactionBook book) => book.All.SelectMany(
            transaction => transaction.Deliveries.Where(delivery => delivery.Kind == DeliveryKind.Webhook),
            (transaction, webhook) => new OwedWebhook(transaction.TxRef, webhook)));
        sandbox.MapPost("/transactions/{txRef}/payment", Pay);
        sandbox.MapPost("/transactions/{txRef}/webhook", (string txRef, TransactionBook book, SendDelivery send, CancellationToken cancellationToken) =>
            SendLastAsync(txRef, DeliveryKind.Webhook, book, send, cancellationToken));
        sandbox.MapPost("/transactions/{txRef}/callback", (string txRef, TransactionBook book, SendDelivery send, CancellationToken cancellationToken) =>
            SendLastAsync(txRef, DeliveryKind.Callback, book, send, cancellationToken));
    }

    /// <summary>Once, now, whatever became of it before; what is owed stays owed until it gets 200.</summary>
    public static async Task<Results<Ok<Attempt>, NotFound, Conflict<string>>> SendLastAsync(
        string txRef, DeliveryKind kind, TransactionBook book, SendDelivery send, CancellationToken cancellationToken)
    {
        if (book.Find(txRef) is not { } transaction)
        {
            return TypedResults.NotFound();
        }

        return transaction.Deliveries.FindLast(delivery => delivery.Kind == kind) is { } last && await send.SendAsync(txRef, last.Id, cancellationToken) is { } attempt
            ? TypedResults.Ok(attempt)
            : TypedResults.Conflict("There is none to send.");
    }

    private static Results<Ok<Transaction>, NotFound, Conflict<Transaction>, ValidationProblem> Pay(
        string txRef, PaymentForm form, PayTransaction pay)
    {
        if (form.Problems() is { Count: > 0 } problems)
        {
            return TypedResults.ValidationProblem(problems);
        }

        var isPaid = pay.Pay(txRef, form.ToPayment(), out var transaction);
        return (isPaid, transaction) switch
        {
            (_, null) => TypedResults.NotFound(),
            (true, _) => TypedResults.Ok(transaction),
            _ => TypedResults.Conflict(transaction),
        };
    }

    internal sealed record OwedWebhook(string TxRef, Delivery Webhook);
}
