using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Webhooks;

/// <summary>Sends one delivery once, and notes how it went.</summary>
internal sealed class SendDelivery(TransactionBook book, FaultBook faults, IHttpClientFactory clients, IOptions<SandboxOptions> options, TimeProvider clock)
{
    /// <returns>How it went; null when there is no such delivery.</returns>
    public async Task<Attempt?> SendAsync(string txRef, Guid id, CancellationToken cancellationToken)
    {
        if (book.Find(txRef)?.Deliveries.Find(delivery => delivery.Id == id) is not { } delivery)
        {
            return null;
        }

        var attempt = await TryAsync(txRef, delivery, cancellationToken);
        book.Change(txRef, transaction => transaction.With(transaction.Deliveries.Find(known => known.Id == id)!.After(attempt, options.Value)));
        if (delivery.Kind == DeliveryKind.Webhook)
        {
            FreeHeldBack(except: id);
        }

        return attempt;
    }

    private async Task<Attempt> TryAsync(string txRef, Delivery delivery, CancellationToken cancellationToken)
    {
        var address = delivery.Address ?? options.Value.WebhookAddress;
        if (address is null)
        {
            return new Attempt(clock.GetUtcNow(), Status: null, "There is no Sandbox:WebhookAddress.");
        }

        using var request = delivery.Body is { } body ? Webhook(address, body, faults.For(txRef).WebhookSignature) : new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var client = clients.CreateClient(WebhooksRoom.Client);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new Attempt(clock.GetUtcNow(), (int)answer.StatusCode, Trouble: null);
        }
        catch (HttpRequestException failed)
        {
            return new Attempt(clock.GetUtcNow(), Status: null, failed.Message);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(clock.GetUtcNow(), Status: null, late.Message);
        }
    }

    private HttpRequestMessage Webhook(Uri address, string body, WebhookSignature signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Signatures.Sign(request, body, options.Value.WebhookSecret, signature);
        return request;
    }

    private void FreeHeldBack(Guid except)
    {
        foreach (var held in book.All.Where(transaction => transaction.Deliveries.Exists(IsHeld)))
        {
            book.Change(held.TxRef, transaction => transaction.Deliveries.Where(IsHeld).Aggregate(transaction, (known, delivery) =>
                known.With(delivery with { State = DeliveryState.Owed })));
        }

        bool IsHeld(Delivery delivery) => delivery.State == DeliveryState.HeldBack && delivery.Id != except;
    }
}
