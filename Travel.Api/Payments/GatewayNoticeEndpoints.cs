using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Payments;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;

namespace Travel.Api.Payments;

/// <summary>
/// What the gateway tells us of its own accord. A webhook whose body is signed is worth a question; the callback, which nobody has signed, is
/// worth one now and then. Neither is believed.
/// </summary>
internal static class GatewayNoticeEndpoints
{
    private const int MostBytes = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Counter<long> Refused = new Meter("Travel.Payments").CreateCounter<long>(
        "travel.payments.webhooks.refused", "{webhook}", "Webhooks that nobody has signed, or somebody else.");

    public static void MapGatewayNotices(this IEndpointRouteBuilder api)
    {
        var chapa = api.MapGroup("/payments/chapa").WithTags("Payments");
        chapa.MapPost("/webhook", TakeAsync).WithName("TakeChapaWebhook").WithSummary("For the payment provider alone: something has happened to a payment")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes)).DisableRateLimiting()
            .Accepts<PaymentWebhook>("application/json").Refuses(ProblemTypes.Unauthorized);
        chapa.MapGet("/callback", CalledBackAsync).WithName("TakeChapaCallback").WithSummary("For the payment provider alone: a guest is done there")
            .AcceptsQuery("trx_ref", "ref_id", "status");
    }

    private static async Task<Results<Ok, ValidationProblem, ProblemHttpResult>> TakeAsync(
        HttpRequest request, NotePaymentNotice note, IOptions<ChapaOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.ToArray();
        if (!WebhookSignature.IsOf(body, request.Headers[WebhookSignature.Header].ToString(), options.Value.WebhookSecret))
        {
            Refused.Add(1);
            return Problems.Of(ProblemTypes.Unauthorized, "This is not signed by the payment provider.");
        }

        if (Read(body, clock.GetUtcNow()) is not { } notice)
        {
            return Problems.Invalid("tx_ref", "Which payment this is about is not said.");
        }

        return await note.ExecuteAsync(notice, cancellationToken) == NoticeOutcome.CannotBeKept
            ? Problems.Invalid("body", "There is something in it that cannot be kept.")
            : TypedResults.Ok();
    }

    /// <summary>The same answer whatever it is about: who does not sign is told nothing.</summary>
    private static async Task<NoContent> CalledBackAsync(string? trx_ref, LookIntoPayment look, CancellationToken cancellationToken)
    {
        if (trx_ref is not null)
        {
            await look.ExecuteAsync(trx_ref, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static GatewayNotice? Read(byte[] body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } said && Text(said, "tx_ref") is { } txRef
                ? new GatewayNotice
                {
                    Id = Guid.CreateVersion7(now),
                    TxRef = txRef,
                    // Without one of its own it is told apart from notices of other payments all the same.
                    Reference = Text(said, "reference", 100) ?? txRef,
                    Event = Text(said, "event", 50) ?? "",
                    Status = Text(said, "status", 50) ?? "",
                    RefundReference = said.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
                        ? Text(meta, ChapaClient.RefundInMeta, 50)
                        : null,
                    Body = Utf8.GetString(body),
                    ReceivedAt = now,
                }
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // No JSON, half a character that is written as an escape, or bytes that are no text.
            return null;
        }
    }

    private static string? Text(JsonElement said, string name, int atMost = MostBytes) =>
        said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= atMost ? text : null;
}
