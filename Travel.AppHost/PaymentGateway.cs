using Travel.Contracts;

namespace Travel.AppHost;

/// <summary>
/// Chapa, which guests pay through: the sandbox that plays it, or Chapa itself where a test key of one's own is given
/// (<c>--Parameters:chapa-secret-key=CHASECK_TEST-…</c>, with <c>chapa-webhook-secret</c> as its dashboard has it).
/// </summary>
internal static class PaymentGateway
{
    private const string OwnKey = "chapa-secret-key";

    public static void AddPaymentGateway(
        this IDistributedApplicationBuilder builder,
        string folder,
        IResourceBuilder<ProjectResource> api,
        IResourceBuilder<ProjectResource> worker,
        IResourceBuilder<ProjectResource> web)
    {
        var webhookSecret = builder.AddParameter("chapa-webhook-secret", Generated(), secret: true, persist: true);
        var isOwn = builder.Configuration[$"Parameters:{OwnKey}"] is { Length: > 0 };
        // Under another name, or the generated key would be taken for one's own at the next start.
        var secret = builder.AddParameter(isOwn ? OwnKey : "sandbox-key", Generated(), secret: true, persist: !isOwn);
        var key = isOwn ? ReferenceExpression.Create($"{secret}") : ReferenceExpression.Create($"CHASECK_TEST-{secret}");
        foreach (var service in new[] { api, worker })
        {
            service.WithEnvironment("Chapa__SecretKey", key)
                .WithEnvironment("Chapa__WebhookSecret", webhookSecret)
                .WithEnvironment("Chapa__WebAddress", web.GetEndpoint("http"))
                .WithEnvironment("Chapa__ApiAddress", api.GetEndpoint("http"));
        }

        if (isOwn)
        {
            return;
        }

        var sandbox = builder.AddProject<Projects.Travel_PaymentSandbox>(ResourceNames.Chapa)
            .WithEnvironment("Sandbox__SecretKey", key)
            .WithEnvironment("Sandbox__WebhookSecret", webhookSecret)
            .WithEnvironment("Sandbox__WebhookAddress", ReferenceExpression.Create($"{api.GetEndpoint("http")}/api/v1/payments/chapa/webhook"))
            // Chapa comes again after ten minutes; nobody who tries something out waits that long.
            .WithEnvironment("Sandbox__WebhookRetryAfter", "00:00:10")
            .WithEnvironment("Sandbox__Folder", folder)
            .WithHttpHealthCheck("/health")
            .WithExternalHttpEndpoints()
            .WithIconName("WalletCreditCard")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Payments");
        foreach (var service in new[] { api, worker })
        {
            service.WithEnvironment("Chapa__Address", ReferenceExpression.Create($"{sandbox.GetEndpoint("http")}/v1"));
        }
    }

    private static GenerateParameterDefault Generated() => new() { MinLength = 32, Special = false };
}
