using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Travel.Contracts.Payments;
using Travel.Domain.Payments;
using Travel.Domain.Payments.Chapa;

namespace Travel.Tests.Fixtures;

/// <summary>A payment of the graph that waits on its page, and somebody who tells the Api about it.</summary>
internal sealed class NoticedPayment(TravelGraph graph, HttpClient teller, string txRef, string secret) : IDisposable
{
    private const string Webhook = "/api/v1/payments/chapa/webhook";

    public string TxRef => txRef;

    public string Secret => secret;

    /// <summary>What the gateway sends when it was paid.</summary>
    public string Said(string? reference = null) =>
        $$$"""{"event":"charge.success","status":"success","amount":"2500.00","currency":"ETB","mode":"test","reference":"{{{reference ?? $"AP-{txRef}"}}}","tx_ref":"{{{txRef}}}","meta":null}""";

    public static async Task<NoticedPayment> OpenAsync(TravelGraph graph)
    {
        using var guest = graph.As(await graph.PersonAsync());
        var page = await guest.CheckoutAsync((await graph.HeldStayAsync(guest)).Id);
        var secret = await graph.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ParameterResource>()
            .Single(parameter => parameter.Name == "chapa-webhook-secret").GetValueAsync(CancellationToken.None);
        return new NoticedPayment(graph, graph.Anonymous(), page.TxRef, secret!);
    }

    public Task<HttpResponseMessage> TellSignedAsync(string body, string contentType = "application/json") => TellSignedAsync(Encoding.UTF8.GetBytes(body), contentType);

    public Task<HttpResponseMessage> TellSignedAsync(byte[] body, string? contentType = "application/json") =>
        TellAsync(body, WebhookSignature.Of(body, secret), contentType: contentType);

    public async Task<HttpResponseMessage> TellAsync(byte[] body, string? signature, string header = WebhookSignature.Header, string? contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Webhook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation(header, signature).ShouldBeTrue();
        }

        return await teller.SendAsync(request);
    }

    public async Task<HttpResponseMessage> CallBackAsync(string query) => await teller.GetAsync($"/api/v1/payments/chapa/callback{query}");

    /// <summary>Everything that a notice could have left behind: of this payment, and of none that there is.</summary>
    public async Task<Traces> TracesAsync()
    {
        await using var db = await graph.DatabaseAsync();
        var payment = await db.Payments.AsNoTracking().SingleAsync(found => found.TxRef == txRef);
        return new Traces(
            await db.GatewayNotices.CountAsync(notice => notice.TxRef == txRef || !db.Payments.Any(known => known.TxRef == notice.TxRef)),
            await db.Outbox.CountAsync(message => message.RoutingKey == PaymentNoticed.RoutingKey && message.Body.Contains(txRef)),
            payment.State,
            payment.Version,
            payment.Checks);
    }

    public void Dispose() => teller.Dispose();

    internal sealed record Traces(int Notices, int Messages, PaymentState State, int Version, int Checks);
}
