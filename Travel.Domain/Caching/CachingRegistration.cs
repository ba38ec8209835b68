using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Travel.Domain.Caching;

public static class CachingRegistration
{
    /// <summary>For each process that changes the model: what it touches is told.</summary>
    internal static void AddInvalidation(this IServiceCollection services)
    {
        services.AddOptions<CachingOptions>().BindConfiguration(CachingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(_ => new KnownTags());
        services.AddSingleton<Hearing>();
        services.AddSingleton(provider => new RedisLevel(
            provider.GetService<IConnectionMultiplexer>(),
            provider.GetRequiredService<IOptions<CachingOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RedisLevel>>()));
        services.AddSingleton(provider => new TagInvalidation(
            provider.GetRequiredService<KnownTags>(),
            provider.GetRequiredService<RedisLevel>(),
            provider.GetRequiredService<IOptions<CachingOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TaggedCache(
            provider.GetRequiredService<KnownTags>(),
            new MemoryLevel(provider.GetRequiredService<IOptions<CachingOptions>>().Value.MemoryBytes),
            provider.GetRequiredService<RedisLevel>(),
            provider.GetRequiredService<Hearing>(),
            provider.GetRequiredService<TagInvalidation>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<FlushTag>();
        services.AddSingleton<TellAfterCommit>();
        services.ConfigureDbContext<TravelDbContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<TellAfterCommit>()));
    }

    /// <summary>For each process that keeps answers: both levels, and both ways of hearing what others have changed.</summary>
    public static IServiceCollection AddCaching(this IServiceCollection services)
    {
        services.AddSingleton<HybridCache, TravelHybridCache>();
        services.AddSingleton<IOutputCacheStore, TaggedOutputStore>();
        services.AddSingleton<CacheCounts>();
        services.AddSingleton(provider => new CacheMinutes(provider.GetRequiredService<RedisLevel>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<FlushCacheCounts>();
        services.AddHostedService<ListenToRedis>();
        services.AddHostedService<ListenToBroker>();
        return services;
    }
}
