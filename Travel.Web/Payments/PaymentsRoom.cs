namespace Travel.Web.Payments;

internal static class PaymentsRoom
{
    public static void AddPayments(this IServiceCollection services) => services.AddTransient<PaymentsClient>();
}
