using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Gateway;

namespace Travel.PaymentSandbox.Transactions;

/// <summary>Says how a payment stands: what a merchant may believe.</summary>
internal sealed class VerifyTransaction(TransactionBook book, FaultBook faults, TimeProvider clock)
{
    public async Task<JsonHttpResult<Envelope>> AnswerAsync(string txRef, CancellationToken cancellationToken)
    {
        var played = faults.For(txRef);
        await Task.Delay(played.VerifyDelay, clock, cancellationToken);
        if (played.VerifyStatus is { } status)
        {
            return Envelope.Failed(status, ReasonPhrases.GetReasonPhrase(status));
        }

        if (book.Find(txRef) is not { } transaction)
        {
            return played.UnknownVerify == UnknownVerify.NotFound404
                ? Envelope.Failed(StatusCodes.Status404NotFound, "Invalid transaction or Transaction not found")
                : Envelope.Failed(StatusCodes.Status400BadRequest, "Invalid transaction reference");
        }

        if (played.VerifyRefusesKey)
        {
            return Envelope.Failed(StatusCodes.Status401Unauthorized, "Test secret keys can't be used to verify a live transaction");
        }

        if (transaction.Status == PaymentStatus.Pending && played.UnpaidVerify == UnpaidVerify.NotPaid404)
        {
            return TypedResults.Json(new Envelope("Payment not paid yet", Status: null, Data: null), Envelope.Json, statusCode: StatusCodes.Status404NotFound);
        }

        return Envelope.Success("Payment details", Details(transaction, played));
    }

    private static object Details(Transaction transaction, FaultSet played) => new
    {
        transaction.FirstName,
        transaction.LastName,
        transaction.Email,
        Currency = played.VerifyCurrency ?? transaction.Currency,
        Amount = played.VerifyAmount ?? transaction.Amount,
        transaction.Charge,
        Mode = played.VerifyMode ?? Transaction.Mode,
        transaction.Payment?.Method,
        Type = "API",
        Status = Word(transaction.Status),
        transaction.Reference,
        TxRef = played.VerifyTxRef ?? transaction.TxRef,
        transaction.Customization,
        transaction.Meta,
        CreatedAt = Notation.Of(transaction.CreatedAt),
        UpdatedAt = Notation.Of(transaction.UpdatedAt),
    };

    public static string Word(PaymentStatus status) => status switch
    {
        PaymentStatus.Pending => "pending",
        PaymentStatus.Success => "success",
        _ => "failed",
    };
}
