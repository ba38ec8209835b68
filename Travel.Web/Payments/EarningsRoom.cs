namespace Travel.Web.Payments;

/// <summary>What hosts see of money.</summary>
internal static class EarningsRoom
{
    public static void AddEarnings(this IServiceCollection services) => services.AddTransient<EarningsClient>();

    public static void MapEarnings(this WebApplication app) => app.MapGet("/hosting/earnings.csv", DownloadEarnings.HandleAsync).RequireAuthorization();
}
