using Travel.PaymentSandbox.Checkout;
using Travel.PaymentSandbox.Faults;
using Travel.PaymentSandbox.Gateway;
using Travel.PaymentSandbox.Panel;
using Travel.PaymentSandbox.Refunds;
using Travel.PaymentSandbox.Transactions;
using Travel.PaymentSandbox.Webhooks;
using Travel.ServiceDefaults;

namespace Travel.PaymentSandbox;

/// <summary>The whole sandbox. Apart from <c>Program.cs</c>, so that a test can have one of its own, with its own clock, as often as it likes.</summary>
internal static class SandboxApp
{
    public static void AddSandbox(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.Services.AddSandboxOptions();
        builder.Services.AddSandboxJson();
        builder.Services.AddPages();
        builder.Services.AddTransactions();
        builder.Services.AddCheckout();
        builder.Services.AddRefunds();
        builder.Services.AddWebhooks();
        builder.Services.AddFaults();
    }

    public static void UseSandbox(this WebApplication app)
    {
        app.UseServiceDefaults();
        app.UsePages();

        // Chapa's own.
        var gateway = app.MapGroup("/v1").AddEndpointFilter<SecretKeyFilter>();
        gateway.MapTransactions();
        gateway.MapRefunds();
        gateway.MapBanks();
        app.MapCheckout();

        // What Chapa does not have.
        var sandbox = app.MapGroup("/sandbox");
        sandbox.MapFaults();
        sandbox.MapSandboxTransactions();
        app.MapPanel();
    }
}
