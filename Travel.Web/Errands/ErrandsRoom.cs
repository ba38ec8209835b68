namespace Travel.Web.Errands;

internal static class ErrandsRoom
{
    public static void AddErrands(this IServiceCollection services) => services.AddTransient<ErrandsClient>();

    public static void MapErrands(this WebApplication app) =>
        app.MapGet(ErrandsPage.Address + "/{id:guid}/file", DownloadErrandFile.HandleAsync).RequireAuthorization();
}
