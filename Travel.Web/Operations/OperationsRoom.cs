namespace Travel.Web.Operations;

internal static class OperationsRoom
{
    public static void AddOperations(this IServiceCollection services) => services.AddTransient<OperationsClient>();
}
