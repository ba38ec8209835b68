using Travel.Domain.Messaging;

namespace Travel.Worker.Messaging;

internal static class ConsumerRegistration
{
    /// <param name="queue">What <typeparamref name="TConsumer"/> takes messages from; given to its constructor.</param>
    /// <param name="usual">What the options are where the configuration says nothing.</param>
    public static void AddConsumer<TConsumer>(this IServiceCollection services, ConsumerQueue queue, Action<ConsumerOptions>? usual = null)
        where TConsumer : QueueConsumer
    {
        services.AddOptions<ConsumerOptions>(queue.Name)
            .Configure(usual ?? (_ => { }))
            .BindConfiguration($"Consumers:{queue.Setting}")
            .Validate(options => options.Prefetch >= options.Concurrency, $"Consumers:{queue.Setting}:Prefetch must not be less than its Concurrency.")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        // One class may consume several queues, which AddHostedService would take for one service.
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<TConsumer>(provider, queue));
    }
}
