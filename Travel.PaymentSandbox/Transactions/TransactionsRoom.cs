using Microsoft.AspNetCore.Http.HttpResults;
using Travel.PaymentSandbox.Gateway;

namespace Travel.PaymentSandbox.Transactions;

internal static class TransactionsRoom
{
    public static void AddTransactions(this IServiceCollection services)
    {
        services.AddSingleton<TransactionFiles>();
        services.AddSingleton<TransactionBook>();
        services.AddTransient<InitializeTransaction>();
        services.AddTransient<VerifyTransaction>();
        // Read at start, so that a file that cannot be read stops it there and not at the first call.
        services.AddHostedService<OpenBook>();
    }

    public static void MapTransactions(this IEndpointRouteBuilder gateway)
    {
        gateway.MapPost("/transaction/initialize", (HttpRequest request, InitializeTransaction initialize, CancellationToken cancellationToken) =>
            initialize.AnswerAsync(request, cancellationToken));
        gateway.MapGet("/transaction/verify/{txRef}", (string txRef, VerifyTransaction verify, CancellationToken cancellationToken) =>
            verify.AnswerAsync(txRef, cancellationToken));
        gateway.MapPut("/transaction/cancel/{txRef}", Cancel);
        gateway.MapGet("/transaction/events/{reference}", Events);
        gateway.MapGet("/transactions", ListTransactions.Answer);
    }

    /// <summary>Ends the pay page. The payment stays pending for good, and a paid one paid.</summary>
    private static JsonHttpResult<Envelope> Cancel(string txRef, TransactionBook book, TimeProvider clock)
    {
        var cancelled = book.Change(txRef, transaction => IsOver(transaction) ? transaction : transaction.Cancelled(clock.GetUtcNow()));
        return cancelled switch
        {
            null => Envelope.Failed(StatusCodes.Status404NotFound, "Payment link not found"),
            var (before, _) when IsOver(before) => Envelope.Failed(StatusCodes.Status400BadRequest, "Payment link already expired"),
            _ => Envelope.Success("Checkout link expired successfully", data: null),
        };
    }

    private static bool IsOver(Transaction transaction) => transaction.CancelledAt is not null || transaction.Status != PaymentStatus.Pending;

    private static JsonHttpResult<Envelope> Events(string reference, TransactionBook book) =>
        book.All.FirstOrDefault(transaction => transaction.TxRef == reference || transaction.Reference == reference) is { } transaction
            ? Envelope.Success("Transaction events fetched", transaction.Events.Select(seen => new
            {
                Item = transaction.Events.IndexOf(seen) + 1,
                seen.Message,
                seen.Type,
                CreatedAt = Notation.Of(seen.At),
                UpdatedAt = Notation.Of(seen.At),
            }))
            : Envelope.Failed(StatusCodes.Status404NotFound, "Transaction not found");

    private sealed class OpenBook(TransactionBook book) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(book.All);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
