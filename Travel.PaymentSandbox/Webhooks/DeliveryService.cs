using Travel.PaymentSandbox.Refunds;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Webhooks;

/// <summary>
/// Does what falls due: refunds that have got further, webhooks and callbacks that are owed. Everything that waits is in the book, so that
/// a restart goes on where it was. Slow receivers hold up only themselves.
/// </summary>
internal sealed partial class DeliveryService(TransactionBook book, RefundProgress refunds, SendDelivery send, TimeProvider clock, ILogger<DeliveryService> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<Guid, Task> underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                refunds.GoOn();
                await SendDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is under way ends with the same token.
            await Task.WhenAll(underWay.Values);
        }
    }

    private async Task SendDueAsync(CancellationToken stoppingToken)
    {
        // Before the book is looked at: what has ended by now has been noted there. Where it could not be, the sandbox stops here: it would
        // send the same again and again.
        foreach (var (id, sending) in underWay.Where(sending => sending.Value.IsCompleted).ToList())
        {
            underWay.Remove(id);
            await sending;
        }

        var now = clock.GetUtcNow();
        foreach (var transaction in book.All)
        {
            foreach (var delivery in transaction.Deliveries)
            {
                if (delivery.State == DeliveryState.Owed && delivery.DueAt <= now && !underWay.ContainsKey(delivery.Id))
                {
                    underWay[delivery.Id] = Task.Run(() => SendAsync(transaction.TxRef, delivery.Id, stoppingToken), CancellationToken.None);
                }
            }
        }
    }

    private async Task SendAsync(string txRef, Guid id, CancellationToken stoppingToken)
    {
        try
        {
            await send.SendAsync(txRef, id, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.LeftForNextStart(logger, id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Id} was under way when the sandbox stopped; it is sent again after the next start.")]
        public static partial void LeftForNextStart(ILogger logger, Guid id);
    }
}
