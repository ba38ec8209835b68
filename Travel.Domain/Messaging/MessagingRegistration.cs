using Microsoft.Extensions.DependencyInjection;

namespace Travel.Domain.Messaging;

internal static class MessagingRegistration
{
    /// <summary>Before whoever publishes or consumes: what stops last writes down what the others have counted.</summary>
    public static void AddMessaging(this IServiceCollection services)
    {
        services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Broker>();
        services.AddSingleton<QueueDepths>();
        services.AddSingleton<QueueCounts>();
        services.AddHostedService<FlushQueueCounts>();
        services.AddScoped<RecordDeadLetter>();
        services.AddScoped<ReplayDeadLetters>();
        services.AddScoped<DropDeadLetter>();
    }
}
