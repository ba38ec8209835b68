using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using StackExchange.Redis;
using Travel.Domain.Caching;
using Travel.Domain.Messaging;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

/// <summary>A process that caches and does nothing else.</summary>
internal sealed class CachingProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IHost host;

    private CachingProcess(IHost host) => this.host = host;

    public HybridCache Cache => host.Services.GetRequiredService<HybridCache>();

    public TagInvalidation Invalidation => host.Services.GetRequiredService<TagInvalidation>();

    public TaggedCache Levels => host.Services.GetRequiredService<TaggedCache>();

    public Hearing Hearing => host.Services.GetRequiredService<Hearing>();

    public IConnectionMultiplexer Redis => host.Services.GetRequiredService<IConnectionMultiplexer>();

    public SetClock Clock => (SetClock)host.Services.GetRequiredService<TimeProvider>();

    /// <summary>Alone: no Redis, no RabbitMQ.</summary>
    public static CachingProcess Alone(Action<CachingOptions>? configure = null) => new(Build(redis: null, broker: null, configure));

    /// <param name="redis">Another one than the servers'; for who cannot reach it.</param>
    public static async Task<CachingProcess> StartAsync(CacheServers servers, IConnectionMultiplexer? redis = null, Action<CachingOptions>? configure = null)
    {
        // A busy machine is no slow Redis.
        var process = new CachingProcess(Build(
            redis ?? await servers.RedisAsync(), await servers.BrokerAsync(), configure ?? (options => options.RedisTimeout = TimeSpan.FromSeconds(2))));
        await process.host.StartAsync();
        if (redis is null)
        {
            await process.HearsAsync();
        }

        return process;
    }

    public Task HearsAsync(bool hears = true) => Hearing.HearsAsync(Clock, hears);

    public ValueTask<string?> GetAsync(string key, Func<CancellationToken, ValueTask<string?>> compute, params string[] tags) =>
        Cache.GetOrCreateAsync<Func<CancellationToken, ValueTask<string?>>, string?>(key, compute, static (state, token) => state(token), tags: tags);

    public ValueTask<string?> GetAsync(string key, Func<string?> compute, params string[] tags) => GetAsync(key, _ => ValueTask.FromResult(compute()), tags);

    public Task TouchAsync(params string[] tags) => Invalidation.TellAsync(Guid.CreateVersion7(), tags);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host.Services.GetService<Broker>() is { } broker)
        {
            await broker.DisposeAsync();
        }

        host.Services.GetService<IConnectionMultiplexer>()?.Dispose();
        host.Dispose();
    }

    private static IHost Build(IConnectionMultiplexer? redis, IConnectionFactory? broker, Action<CachingOptions>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton<TimeProvider>(new SetClock(BookingHouse.Now));
        if (redis is not null)
        {
            builder.Services.AddSingleton(redis);
        }

        if (broker is not null)
        {
            builder.Services.AddSingleton(new Broker(broker, Options.Create(new BrokerOptions()), TimeProvider.System));
        }

        builder.Services.AddInvalidation();
        builder.Services.AddCaching();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder.Build();
    }
}
