using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Travel.Contracts;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

internal static class PaymentRegistration
{
    public static void AddPayments(this IServiceCollection services)
    {
        services.AddOptions<ChapaOptions>().BindConfiguration(ChapaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient<ChapaClient>();
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
    }
}
