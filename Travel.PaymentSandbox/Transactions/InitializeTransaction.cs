using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Gateway;

namespace Travel.PaymentSandbox.Transactions;

/// <summary>Takes a payment on and says where it is to be paid.</summary>
internal sealed class InitializeTransaction(TransactionBook book, FaultBook faults, IOptions<SandboxOptions> options, TimeProvider clock)
{
    public async Task<JsonHttpResult<Envelope>> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return Envelope.Failed(StatusCodes.Status400BadRequest, "Incorrect header settings Please check if content-type is present and set to application/json");
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? await AnswerAsync(request, new InitializeRequest(body.RootElement), cancellationToken)
                : NotJson();
        }
        catch (JsonException)
        {
            return NotJson();
        }
    }

    private async Task<JsonHttpResult<Envelope>> AnswerAsync(HttpRequest request, InitializeRequest asked, CancellationToken cancellationToken)
    {
        if (!asked.IsRight(clock.GetUtcNow(), out var transaction))
        {
            return asked.Wrong.Count > 0
                ? Envelope.Invalid(asked.Wrong)
                : Envelope.Failed(StatusCodes.Status400BadRequest, $"Invalid currency, {asked.UnsupportedCurrency} is not supported");
        }

        var played = faults.For(transaction.TxRef);
        if (played.InitializeDown)
        {
            return Envelope.Failed(StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
        }

        if (played.PaymentsDisabled)
        {
            return Envelope.Failed(StatusCodes.Status404NotFound, "Payments through API is disabled, please contact us");
        }

        if (!book.Add(transaction))
        {
            return Envelope.Failed(StatusCodes.Status400BadRequest, "Transaction reference has been used before");
        }

        await Task.Delay(played.InitializeDelay, clock, cancellationToken);
        return played.InitializeAnswerLost
            ? Envelope.Failed(StatusCodes.Status500InternalServerError, "Server Error")
            : Envelope.Success("Hosted Link", new { CheckoutUrl = new Uri(Here(request), CheckoutRoom.PathOf(transaction)) });
    }

    private Uri Here(HttpRequest request) => options.Value.PublicAddress ?? new Uri($"{request.Scheme}://{request.Host}");

    private static JsonHttpResult<Envelope> NotJson() => Envelope.Failed(StatusCodes.Status400BadRequest, "Invalid JSON");
}
