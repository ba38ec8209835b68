using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Gateway;
using Travel.PaymentSandbox.Transactions;

namespace Travel.PaymentSandbox.Refunds;

/// <summary>Takes a refund on. The fee of the payment is not given back: it was the merchant's to pay.</summary>
internal sealed class RefundTransaction(TransactionBook book, FaultBook faults, TimeProvider clock)
{
    public async Task<JsonHttpResult<Envelope>> AnswerAsync(string reference, HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType is not null && !request.HasFormContentType)
        {
            return Bad("Incorrect header settings Please check if content-type is present and set to application/x-www-form-urlencoded");
        }

        IFormCollection form = request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        if (Named(reference) is not { } transaction)
        {
            return Envelope.Failed(StatusCodes.Status404NotFound, "Transaction not found");
        }

        if (!IsAmount(form["amount"], out var amount))
        {
            return Envelope.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["amount"] = ["validation.numeric"] });
        }

        var answer = Take(transaction.TxRef, amount, form);
        await Task.Delay(faults.For(transaction.TxRef).RefundDelay, clock, cancellationToken);
        return answer;
    }

    private Transaction? Named(string reference) => book.All.FirstOrDefault(transaction => faults.For(transaction.TxRef).RefundBy switch
    {
        RefundBy.TxRef => transaction.TxRef == reference,
        RefundBy.Reference => transaction.Reference == reference,
        _ => transaction.TxRef == reference || transaction.Reference == reference,
    });

    private JsonHttpResult<Envelope> Take(string txRef, decimal? amount, IFormCollection form)
    {
        var played = faults.For(txRef);
        string? refusal = null;
        Refund? refund = null;
        var (_, after) = book.Change(txRef, known =>
        {
            refusal = Refusal(known, amount, Text(form, "reference"), played);
            if (refusal is not null)
            {
                return known;
            }

            refund = New(amount ?? known.Refundable, form);
            return known.With(refund);
        }).GetValueOrDefault();

        if (refund is null)
        {
            return Bad(refusal!);
        }

        return played.RefundAnswerLost
            ? Envelope.Failed(StatusCodes.Status500InternalServerError, "Server Error")
            : Envelope.Success("Refund initiated successfully. Processing time: 1-3 business days", RefundsRoom.Details(after, refund));
    }

    private string? Refusal(Transaction transaction, decimal? amount, string? reference, FaultSet played)
    {
        if (played.RefundRefused)
        {
            return "Refund could not be initiated";
        }

        if (transaction.Status != PaymentStatus.Success)
        {
            return "Only successful transactions can be refunded";
        }

        if (reference is not null && book.All.SelectMany(known => known.Refunds).Any(refund => refund.MerchantReference == reference))
        {
            return "Refund reference has been used before";
        }

        return transaction.Refundable <= 0 || amount > transaction.Refundable ? "Refund amount exceeds the refundable amount" : null;
    }

    private Refund New(decimal amount, IFormCollection form)
    {
        var now = clock.GetUtcNow();
        return new Refund
        {
            RefId = References.OfRefund(),
            Amount = amount,
            Reason = Text(form, "reason"),
            MerchantReference = Text(form, "reference"),
            Meta = Meta(form),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>An absent one is right too: it means all.</summary>
    private static bool IsAmount(string? text, out decimal? amount)
    {
        amount = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) || read <= 0)
        {
            return false;
        }

        amount = read;
        return true;
    }

    // meta[booking]=42
    private static JsonElement? Meta(IFormCollection form)
    {
        var meta = form
            .Where(field => field.Key.StartsWith("meta[", StringComparison.Ordinal) && field.Key.EndsWith(']'))
            .ToDictionary(field => field.Key[5..^1], field => field.Value.ToString(), StringComparer.Ordinal);
        return meta.Count > 0 ? JsonSerializer.SerializeToElement(meta) : null;
    }

    private static string? Text(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : null;

    private static JsonHttpResult<Envelope> Bad(string message) => Envelope.Failed(StatusCodes.Status400BadRequest, message);
}
