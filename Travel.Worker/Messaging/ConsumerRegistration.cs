using Travel.Domain.Messaging;

namespace Travel.Worker.Messaging;

internal static class ConsumerRegistration
{
    /// <param name="queue">What <typeparamref name="TConsumer"/> takes messages from; given to its constructor.</param>
    public static void AddConsumer<TConsumer>(this IServiceCollection services, ConsumerQueue queue)
        where TConsumer : QueueConsumer
    {
        services.AddOptions<ConsumerOptions>(queue.Name)
            .BindConfiguration($"Consumers:{queue.Setting}")
            .Validate(options => options.Prefetch >= options.Concurrency, $"Consumers:{queue.Setting}:Prefetch must not be less than its Concurrency.")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        // One class may consume several queues, which AddHostedService would take for one service.
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<TConsumer>(provider, queue));
    }
}
