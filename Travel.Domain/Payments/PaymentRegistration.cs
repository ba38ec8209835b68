using Microsoft.Extensions.DependencyInjection;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

internal static class PaymentRegistration
{
    public static void AddPayments(this IServiceCollection services)
    {
        services.AddOptions<ChapaOptions>().BindConfiguration(ChapaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient<ChapaClient>();
        services.AddScoped<PayBooking>();
        services.AddScoped<SettlePayment>();
        services.AddScoped<LookIntoPayment>();
        services.AddScoped<NotePaymentNotice>();
        services.AddScoped<ReconcilePayments>();
        services.AddScoped<SendRefunds>();
    }
}
