using Travel.Domain.Messaging;
using Travel.Worker.Messaging;

namespace Travel.Worker.Errands;

internal static class ErrandRegistration
{
    public static void AddErrandWork(this IServiceCollection services)
    {
        // One that takes minutes leaves room for another beside it, and what was handed out ahead waits for nobody.
        services.AddConsumer<ErrandConsumer>(Topology.Errands, usual => (usual.Concurrency, usual.Prefetch) = (2, 2));
        services.AddScoped<RunErrand>();
        services.AddScoped<ErrandClaims>();
        services.AddScoped<IErrandWork, LedgerExport>();
        services.AddScoped<IErrandWork, PhotoCheck>();
    }
}
