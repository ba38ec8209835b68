using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>
/// Lays the gateway's list of payments beside ours, once a day, and asks about every refund that we think is done. What has come and is not
/// settled here is settled like any other; what differs after that is for an operator.
/// </summary>
public sealed partial class CompareWithGateway(TravelDbContext db, ChapaClient gateway, SettlePayment settle, TimeProvider clock, ILogger<CompareWithGateway> logger)
{
    /// <summary>Longer than a payment is watched, so that none is settled between two reports unseen.</summary>
    private static readonly TimeSpan Span = Payment.Watch + TimeSpan.FromDays(1);

    /// <summary>The gateway's clock and ours may differ, and a payment at the edge of the span is in one list only.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromHours(1);

    private const int MostPages = 10_000;

    /// <returns>How many payments and refunds were compared.</returns>
    /// <exception cref="InvalidOperationException">The gateway cannot be asked.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Span;
        var listed = await ListAsync(since, cancellationToken);
        List<string> differences = [];
        foreach (var there in listed.Values.Where(there => there.Status == GatewayPaymentStatus.Success))
        {
            await settle.ExecuteAsync(there.TxRef!, PaymentWord.None, cancellationToken);
            if (await DifferenceAsync(there, cancellationToken) is { } difference)
            {
                differences.Add(difference);
            }
        }

        differences.AddRange(await UnlistedAsync(since + Edge, listed, cancellationToken));
        var (refunds, wrong) = await RefundsAsync(since, cancellationToken);
        differences.AddRange(wrong);
        return await KeepAsync(since, listed.Count + refunds, differences, cancellationToken);
    }

    /// <summary>By tx_ref. Those that are not ours are of another shop with the same account.</summary>
    private async Task<Dictionary<string, GatewayPayment>> ListAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, GatewayPayment>(StringComparer.Ordinal);
        for (var page = 1; page <= MostPages; page++)
        {
            var listed = await gateway.ListPaymentsAsync(page, cancellationToken)
                ?? throw new InvalidOperationException("The payment provider's list of payments cannot be had.");
            foreach (var (payment, _) in listed.Payments.Where(listed => listed.CreatedAt >= since && Payment.IsReference(listed.Payment.TxRef!)))
            {
                found[payment.TxRef!] = payment;
            }

            if (listed.Rows == 0 || (listed.Payments.Count > 0 && listed.Payments[^1].CreatedAt < since))
            {
                return found;
            }
        }

        throw new InvalidOperationException($"The payment provider's list of payments has more than {MostPages} pages.");
    }

    private async Task<string?> DifferenceAsync(GatewayPayment there, CancellationToken cancellationToken)
    {
        var here = await db.Payments.AsNoTracking().SingleOrDefaultAsync(payment => payment.TxRef == there.TxRef, cancellationToken);
        return here switch
        {
            null => $"{there.TxRef}: {there.Amount} paid at the provider, and not known here.",
            { IsFinal: false } => $"{there.TxRef}: {there.Amount} paid at the provider, and {here.State} here.",
            _ when there.Amount is { } amount && amount != here.Received => $"{there.TxRef}: {amount} paid at the provider, and {here.Received} here.",
            _ => null,
        };
    }

    /// <summary>What is not in the list may have been paid since it was read, so each is asked about.</summary>
    private async Task<List<string>> UnlistedAsync(DateTimeOffset since, Dictionary<string, GatewayPayment> listed, CancellationToken cancellationToken)
    {
        var paid = await db.Payments.AsNoTracking()
            .Where(payment => payment.CreatedAt >= since && (payment.State == PaymentState.Paid || payment.State == PaymentState.Mismatched)).ToListAsync(cancellationToken);
        List<string> wrong = [];
        foreach (var payment in paid.Where(payment => listed.GetValueOrDefault(payment.TxRef) is not { Status: GatewayPaymentStatus.Success }))
        {
            switch (await gateway.VerifyAsync(payment.TxRef, cancellationToken))
            {
                case VerifyAnswer.Found({ Status: GatewayPaymentStatus.Success }):
                    break;
                case VerifyAnswer.None:
                    throw new InvalidOperationException("The payment provider cannot be asked about a payment.");
                default:
                    wrong.Add($"{payment.TxRef}: {payment.Received} paid here, and not at the provider.");
                    break;
            }
        }

        return wrong;
    }

    private async Task<(int Compared, List<string> Wrong)> RefundsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var done = await db.Refunds.AsNoTracking()
            .Where(refund => refund.SettledAt >= since && refund.State == RefundState.Refunded && refund.GatewayId != null).ToListAsync(cancellationToken);
        List<string> wrong = [];
        foreach (var refund in done)
        {
            switch (await gateway.VerifyRefundAsync(refund.GatewayId!, cancellationToken))
            {
                case RefundAnswer.Known({ Status: GatewayRefundStatus.Refunded } there) when there.Amount is null || there.Amount == refund.Amount:
                    break;
                case RefundAnswer.Known(var there):
                    wrong.Add($"{refund.Reference}: {refund.Amount} refunded here, and {there.Amount} {there.Status} at the provider.");
                    break;
                case RefundAnswer.Refused(var sentence):
                    wrong.Add($"{refund.Reference}: {refund.Amount} refunded here, and not known at the provider: {sentence}");
                    break;
                default:
                    throw new InvalidOperationException("The payment provider cannot be asked about a refund.");
            }
        }

        return (done.Count, wrong);
    }

    private async Task<int> KeepAsync(DateTimeOffset since, int compared, List<string> differences, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.GatewayReports.Add(new GatewayReport { Id = Guid.CreateVersion7(now), At = now, Since = since, Compared = compared, Differences = [.. differences] });
        await db.SaveChangesAsync(cancellationToken);
        if (differences.Count > 0)
        {
            Log.Differ(logger, differences.Count, compared);
        }

        return compared;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The payment provider's books and ours differ in {Differences} of {Compared}; the report says in what")]
        public static partial void Differ(ILogger logger, int differences, int compared);
    }
}
