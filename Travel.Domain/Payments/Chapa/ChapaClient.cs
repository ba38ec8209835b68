using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Travel.Contracts;

namespace Travel.Domain.Payments.Chapa;

/// <summary>
/// Chapa's API (https://developer.chapa.co), as far as Travel needs it. Only what may be asked twice is repeated by the pipeline around it:
/// opening a page and sending a refund are not, for they are recognised by their references, and whoever calls decides what to make of silence.
/// Names and addresses of guests are optional there and never sent.
/// </summary>
public sealed partial class ChapaClient
{
    /// <summary>Under which name our reference of a refund is in what the gateway keeps for us.</summary>
    public const string RefundInMeta = "refund";

    private const string Title = "Travel";
    private const int ListedPerPage = 100;

    /// <summary>For a call with all its repetitions, to the last byte; less than the time for which a guest's attempt to pay is theirs alone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient http;
    private readonly ILogger<ChapaClient> logger;

    public ChapaClient(HttpClient http, IOptions<ChapaOptions> options, ILogger<ChapaClient> logger)
    {
        (this.http, this.logger) = (http, logger);
        http.BaseAddress = new Uri(options.Value.Address.AbsoluteUri.TrimEnd('/') + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.SecretKey);
        http.MaxResponseContentBufferSize = ChapaEnvelope.MostBytes;
        http.Timeout = Patience;
    }

    public async Task<CheckoutAnswer> OpenCheckoutAsync(CheckoutRequest request, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(new
        {
            amount = request.Amount.ToDecimalString(),
            currency = request.Amount.Currency,
            tx_ref = request.TxRef,
            callback_url = request.CallbackAddress,
            return_url = request.ReturnAddress,
            customization = new { title = Title, description = request.Description },
        });
        return await SendAsync(HttpMethod.Post, "transaction/initialize", body, cancellationToken) switch
        {
            null or { IsNoAnswer: true } => new CheckoutAnswer.None(),
            { IsSuccess: true } opened => Uri.TryCreate(opened.Text("checkout_url", atMost: 2000), UriKind.Absolute, out var page) && page.Scheme is "https" or "http"
                ? new CheckoutAnswer.Opened(page)
                : new CheckoutAnswer.None(),
            { Message: var message } when message.Contains("has been used before", StringComparison.OrdinalIgnoreCase) => new CheckoutAnswer.ReferenceUsed(),
            { Message: var message } => new CheckoutAnswer.Refused(message),
        };
    }

    public async Task<VerifyAnswer> VerifyAsync(string txRef, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, $"transaction/verify/{Uri.EscapeDataString(txRef)}", body: null, cancellationToken) switch
        {
            null or { IsNoAnswer: true } => new VerifyAnswer.None(),
            { IsSuccess: true } found when PaymentOf(found) is { } payment => new VerifyAnswer.Found(payment),
            // The documentation's way to say that nobody has paid yet.
            { Status: HttpStatusCode.NotFound, Message: var message } when message.Contains("not paid", StringComparison.OrdinalIgnoreCase) =>
                new VerifyAnswer.Found(new GatewayPayment(GatewayPaymentStatus.Pending, txRef, Amount: null, Mode: null)),
            { Status: HttpStatusCode.NotFound } => new VerifyAnswer.Unheard(),
            { Status: HttpStatusCode.BadRequest, Message: var message } when message.Contains("Invalid transaction", StringComparison.OrdinalIgnoreCase) =>
                new VerifyAnswer.Unheard(),
            // Our key, our request, or an answer nobody has described: nothing that says anything about the money.
            var other => Unreadable(nameof(VerifyAsync), other, new VerifyAnswer.None()),
        };

    /// <summary>Closes the page. It may fail, and a page that is closed may have been paid: only <see cref="VerifyAsync"/> knows.</summary>
    /// <returns>Whether nobody can begin to pay there any more, as far as the gateway says.</returns>
    public async Task<bool> CloseCheckoutAsync(string txRef, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Put, $"transaction/cancel/{Uri.EscapeDataString(txRef)}", body: null, cancellationToken)
            is { IsSuccess: true } or { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound };

    /// <param name="payment">The reference that the gateway takes a payment by.</param>
    /// <param name="reference">Ours, of this refund: it is made once however often it is asked for. Asked for again it is refused, whatever became of it.</param>
    public async Task<RefundAnswer> RefundAsync(string payment, Money amount, string reference, string reason, CancellationToken cancellationToken)
    {
        using var body = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["amount"] = amount.ToDecimalString(),
            ["reference"] = reference,
            ["reason"] = reason,
            // Comes back in the webhook, which names the payment and not the refund.
            [$"meta[{RefundInMeta}]"] = reference,
        });
        return Read(await SendAsync(HttpMethod.Post, $"refund/{Uri.EscapeDataString(payment)}", body, cancellationToken), nameof(RefundAsync));
    }

    /// <param name="refundId">The gateway's own. Ours is asked with where theirs was never heard of; whether it is known by that is not documented.</param>
    public async Task<RefundAnswer> VerifyRefundAsync(string refundId, CancellationToken cancellationToken) =>
        Read(await SendAsync(HttpMethod.Get, $"refund/{Uri.EscapeDataString(refundId)}/verify", body: null, cancellationToken), nameof(VerifyRefundAsync));

    /// <param name="page">From 1; newest first.</param>
    /// <returns>Null when it cannot be asked.</returns>
    public async Task<ListedPage?> ListPaymentsAsync(int page, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, $"transactions?page={page.ToString(CultureInfo.InvariantCulture)}&per_page={ListedPerPage}", body: null, cancellationToken) switch
        {
            { IsSuccess: true } listed when listed.Items("transactions") is var rows => new ListedPage(rows.Count, [.. rows.Select(ListedOf).OfType<ListedPayment>()]),
            null => null,
            var other => Unreadable<ListedPage?>(nameof(ListPaymentsAsync), other, none: null),
        };

    /// <summary>Whether it answers at all, whatever it thinks of us.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, "currency_supported", body: null, cancellationToken) is { IsNoAnswer: false };

    private static ListedPayment? ListedOf(ChapaEnvelope row) => PaymentOf(row) is { TxRef: not null } payment
        && DateTimeOffset.TryParse(row.Text("created_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var createdAt)
            ? new ListedPayment(payment, createdAt)
            : null;

    private RefundAnswer Read(ChapaEnvelope? answer, string call) => answer switch
    {
        null or { IsNoAnswer: true } => new RefundAnswer.None(),
        { IsSuccess: true } known when known.Text("ref_id") is { Length: > 0 } id && RefundStatusOf(known) is { } status =>
            new RefundAnswer.Known(new GatewayRefund(id, status, known.Amount("amount"))),
        { IsSuccess: true } or { Status: HttpStatusCode.Unauthorized } => Unreadable(call, answer, new RefundAnswer.None()),
        { Message: var message } => new RefundAnswer.Refused(message),
    };

    /// <summary>The status around it says that the question was answered, not that anybody paid.</summary>
    private static GatewayPayment? PaymentOf(ChapaEnvelope answer) => StatusOf(answer) is { } status
        ? new GatewayPayment(
            status, answer.Text("tx_ref"), answer.Amount("amount"), answer.Text("mode"), answer.Text("reference"), answer.Text("method", atMost: 50), answer.Amount("charge"))
        : null;

    private static GatewayPaymentStatus? StatusOf(ChapaEnvelope answer) => answer.Text("status")?.ToLowerInvariant() switch
    {
        "success" => GatewayPaymentStatus.Success,
        "pending" => GatewayPaymentStatus.Pending,
        "failed" or "failed/cancelled" => GatewayPaymentStatus.Failed,
        _ => null,
    };

    private static GatewayRefundStatus? RefundStatusOf(ChapaEnvelope answer) => answer.Text("status")?.ToLowerInvariant() switch
    {
        "initiated" => GatewayRefundStatus.Initiated,
        "processing" => GatewayRefundStatus.Processing,
        "refunded" => GatewayRefundStatus.Refunded,
        "reversed" => GatewayRefundStatus.Reversed,
        _ => null,
    };

    private async Task<ChapaEnvelope?> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            using var answer = await http.SendAsync(request, cancellationToken);
            return ChapaEnvelope.Read(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NoAnswer(logger, exception, method.Method);
            return null;
        }
    }

    private T Unreadable<T>(string call, ChapaEnvelope answer, T none)
    {
        Log.Unreadable(logger, call, (int)answer.Status, answer.Message);
        return none;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The payment gateway has not answered a {Method}")]
        public static partial void NoAnswer(ILogger logger, Exception exception, string method);

        [LoggerMessage(LogLevel.Error, "The payment gateway's answer to {Call} says nothing about the money: {Status} {Sentence}")]
        public static partial void Unreadable(ILogger logger, string call, int status, string sentence);
    }
}
