using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

internal static class PaymentRegistration
{
    public static void AddPayments(this IServiceCollection services)
    {
        services.AddOptions<StagingOptions>().BindConfiguration(StagingOptions.Section);
        services.AddOptions<ChapaOptions>().BindConfiguration(ChapaOptions.Section).ValidateDataAnnotations()
            .Validate<IHostEnvironment, IOptions<StagingOptions>>(
                (chapa, environment, staging) => environment.IsDevelopment() || staging.Value.AllowDevelopmentValues || chapa.IsLive,
                "Outside development Chapa:Address must be https://api.chapa.co and Chapa:SecretKey a live key of it, CHASECK-…; "
                + "Staging:AllowDevelopmentValues=true lets a staging system start with others.")
            .ValidateOnStart();
        // Only the gateway itself is believed, not to whom it sends us.
        services.AddHttpClient<ChapaClient>().UseSocketsHttpHandler((handler, _) => handler.AllowAutoRedirect = false);
        services.AddSingleton<GatewayHealthCheck>();
        services.AddHealthChecks().AddCheck<GatewayHealthCheck>(ResourceNames.Chapa, HealthStatus.Degraded, [], TimeSpan.FromSeconds(2));
        services.AddScoped<PayBooking>();
        services.AddScoped<SettlePayment>();
        services.AddScoped<LookIntoPayment>();
        services.AddScoped<NotePaymentNotice>();
        services.AddScoped<ReconcilePayments>();
        services.AddScoped<SendRefunds>();
        services.AddScoped<CompareWithGateway>();
        services.AddScoped<HearOfRefund>();
        services.AddScoped<ReconcilePayment>();
        services.AddScoped<RefundPayment>();
        services.AddScoped<SettleRefund>();
    }
}
