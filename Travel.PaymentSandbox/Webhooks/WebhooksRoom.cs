namespace Travel.PaymentSandbox.Webhooks;

internal static class WebhooksRoom
{
    public const string Client = "deliveries";

    // As long as the merchant may think about it; Chapa does not say how long it waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<SendDelivery>();
        services.AddHostedService<DeliveryService>();
        services.AddHttpClient(Client, client => client.Timeout = Patience)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            // Chapa does not know our patience with each other: what is sent once arrives at most once, and nobody is left alone for failing.
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());
    }
}
