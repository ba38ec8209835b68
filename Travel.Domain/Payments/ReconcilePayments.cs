using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Travel.Domain.Payments;

/// <summary>Asks the gateway about every attempt that nobody has settled and whose time it is; others may do so at the same moment.</summary>
public sealed partial class ReconcilePayments(TravelDbContext db, SettlePayment settle, TimeProvider clock, ILogger<ReconcilePayments> logger)
{
    private const int Batch = 100;

    /// <returns>How many were asked about.</returns>
    /// <exception cref="AggregateException">Some failed on our side; all others are done.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await db.Payments.Where(payment => payment.NextCheckAt <= now).OrderBy(payment => payment.NextCheckAt).Take(Batch)
            .Select(payment => payment.TxRef).ToListAsync(cancellationToken);
        List<Exception> failures = [];
        foreach (var txRef in due)
        {
            try
            {
                await settle.ExecuteAsync(txRef, PaymentWord.None, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Broken(logger, exception, txRef);
                failures.Add(exception);
            }
        }

        return failures.Count == 0 ? due.Count : throw new AggregateException($"{failures.Count} of {due.Count} payments failed on our side.", failures);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What became of payment {TxRef} could not be written down")]
        public static partial void Broken(ILogger logger, Exception exception, string txRef);
    }
}
