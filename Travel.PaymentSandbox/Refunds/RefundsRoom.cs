using Microsoft.AspNetCore.Http.HttpResults;
using Travel.PaymentSandbox.Gateway;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Refunds;

internal static class RefundsRoom
{
    public static void AddRefunds(this IServiceCollection services)
    {
        services.AddTransient<RefundTransaction>();
        services.AddSingleton<RefundProgress>();
    }

    public static void MapRefunds(this IEndpointRouteBuilder gateway)
    {
        gateway.MapPost("/refund/{reference}", (string reference, HttpRequest request, RefundTransaction refund, CancellationToken cancellationToken) =>
            refund.AnswerAsync(reference, request, cancellationToken));
        gateway.MapGet("/refund/{refId}/verify", Verify);
    }

    public static object Details(Transaction transaction, Refund refund) => new
    {
        Amount = Notation.Of(refund.Amount),
        transaction.Currency,
        refund.RefId,
        PaymentReference = transaction.Reference,
        refund.MerchantReference,
        refund.Reason,
        refund.Meta,
        Status = Word(refund.Status),
        CreatedAt = Notation.Of(refund.CreatedAt),
        UpdatedAt = Notation.Of(refund.UpdatedAt),
    };

    public static string Word(RefundStatus status) => status switch
    {
        RefundStatus.Initiated => "initiated",
        RefundStatus.Processing => "processing",
        RefundStatus.Refunded => "refunded",
        _ => "reversed",
    };

    private static JsonHttpResult<Envelope> Verify(string refId, TransactionBook book)
    {
        var found = book.All
            .SelectMany(transaction => transaction.Refunds, (transaction, refund) => (Transaction: transaction, Refund: refund))
            .FirstOrDefault(pair => pair.Refund.RefId == refId);
        return found.Refund is null
            ? Envelope.Failed(StatusCodes.Status404NotFound, "Refund not found")
            : Envelope.Success("Refund verified successfully", Details(found.Transaction, found.Refund));
    }
}
