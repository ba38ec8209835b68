using Microsoft.Extensions.Options;
using Travel.Contracts.Payments;
using Travel.Domain.Messaging;
using Travel.Domain.Payments;
using Travel.Worker.Messaging;

namespace Travel.Worker.Payments;

/// <summary>Looks into what the gateway has told us of. Given up, the reconciler is left, which asks about every open payment by itself.</summary>
internal sealed class PaymentConsumer(
    ConsumerQueue queue,
    IServiceScopeFactory scopes,
    Broker broker,
    IOptionsMonitor<ConsumerOptions> options,
    TimeProvider clock,
    ILogger<PaymentConsumer> logger) : QueueConsumer(queue, broker, options, clock, logger)
{
    protected override async Task HandleAsync(Guid messageId, string routingKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var notice = MessageBody.Read<PaymentNoticed>(body);
        await using var scope = scopes.CreateAsyncScope();
        // Both are repeatable: what is settled already is left alone, so they need no inbox.
        if (notice.Refund is { } refund)
        {
            await scope.ServiceProvider.GetRequiredService<HearOfRefund>().ExecuteAsync(notice.TxRef, refund, notice.RefundStatus, cancellationToken);
            return;
        }

        await scope.ServiceProvider.GetRequiredService<SettlePayment>()
            .ExecuteAsync(notice.TxRef, notice.SaysPaid ? PaymentWord.Webhook : PaymentWord.None, cancellationToken);
    }

    protected override Task GiveUpAsync(Guid messageId, string routingKey, Exception reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
