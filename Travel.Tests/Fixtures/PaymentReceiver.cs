using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Travel.Tests.Fixtures;

/// <summary>A merchant's server that takes the gateway's webhooks and callbacks, on an address of this machine.</summary>
internal sealed class PaymentReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> webhooks = [];
    private readonly ConcurrentQueue<Received> callbacks = [];

    private Uri address = null!;

    private PaymentReceiver(WebApplication app) => this.app = app;

    /// <summary>What it answers; 200 at first.</summary>
    public Func<Received, Task<int>> Answer { get; set; } = _ => Task.FromResult(StatusCodes.Status200OK);

    public Uri Webhooks => new(address, "/webhooks");

    public Uri Callback => new(address, "/callback?of=this-test");

    public Uri Return => new(address, "/return?of=this-test");

    public static async Task<PaymentReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = builder.Build();
        var receiver = new PaymentReceiver(site);
        site.MapPost("/webhooks", context => receiver.TakeAsync(context, receiver.webhooks));
        site.MapGet("/callback", context => receiver.TakeAsync(context, receiver.callbacks));
        site.MapGet("/return", () => "Back at the merchant's.");
        await site.StartAsync();
        receiver.address = new Uri(site.Urls.Single());
        return receiver;
    }

    /// <summary>All webhooks so far, once there are this many.</summary>
    public Task<IReadOnlyList<Received>> WebhooksAsync(int count = 1) => SeenAsync(webhooks, count, "webhooks");

    /// <inheritdoc cref="WebhooksAsync"/>
    public Task<IReadOnlyList<Received>> CallbacksAsync(int count = 1) => SeenAsync(callbacks, count, "callbacks");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static Task<IReadOnlyList<Received>> SeenAsync(ConcurrentQueue<Received> queue, int count, string what) => Eventually.GetAsync<IReadOnlyList<Received>>(
        () => Task.FromResult<IReadOnlyList<Received>>([.. queue]), seen => seen.Count >= count, Patience, $"{count} {what}");

    private async Task TakeAsync(HttpContext context, ConcurrentQueue<Received> queue)
    {
        using var reader = new StreamReader(context.Request.Body);
        var received = new Received(
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            context.Request.Query.ToDictionary(value => value.Key, value => value.Value.ToString(), StringComparer.Ordinal));
        queue.Enqueue(received);
        context.Response.StatusCode = await Answer(received);
    }

    internal sealed record Received(string Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query)
    {
        public JsonElement Json => JsonElement.Parse(Body);

        public string? this[string property] => Json.GetProperty(property).GetString();
    }
}
