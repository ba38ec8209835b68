using Travel.Domain.Messaging;
using Travel.Worker.Messaging;

namespace Travel.Worker.Errands;

internal static class ErrandRegistration
{
    public static void AddErrandWork(this IServiceCollection services)
    {
        // Before the settings are read. One that takes minutes leaves room for another beside it, and what was handed out ahead waits for nobody.
        services.Configure<ConsumerOptions>(Topology.Errands.Name, options => (options.Concurrency, options.Prefetch) = (2, 2));
        services.AddConsumer<ErrandConsumer>(Topology.Errands);
        services.AddScoped<RunErrand>();
        services.AddScoped<ErrandClaims>();
        services.AddScoped<IErrandWork, LedgerExport>();
        services.AddScoped<IErrandWork, PhotoCheck>();
    }
}
