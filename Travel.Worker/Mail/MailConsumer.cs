using Microsoft.Extensions.Options;
using Travel.Contracts;
using Travel.Domain.Messaging;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

/// <summary>
/// Sends the mails that an event calls for, each whatever becomes of the others: those already sent when another one fails are not sent again
/// with it.
/// </summary>
internal sealed class MailConsumer(
    ConsumerQueue queue,
    IEnumerable<MailRoute> routes,
    IServiceScopeFactory scopes,
    Broker broker,
    IOptionsMonitor<ConsumerOptions> options,
    TimeProvider clock,
    ILogger<MailConsumer> logger) : QueueConsumer(queue, broker, options, clock, logger)
{
    private readonly ILookup<string, MailRoute> routes = routes.ToLookup(route => route.RoutingKey, StringComparer.Ordinal);

    protected override async Task HandleAsync(Guid messageId, string routingKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!routes.Contains(routingKey))
        {
            throw new InvalidOperationException($"No mail is known for '{routingKey}'.");
        }

        var failures = new List<Exception>();
        foreach (var route in routes[routingKey])
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await route.SendAsync(scope.ServiceProvider, messageId, body, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(exception);
            }
        }

        MailFailures.Throw(failures);
    }

    protected override async Task GiveUpAsync(Guid messageId, string routingKey, Exception reason, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MailClaims>().GiveUpAsync(messageId, reason, cancellationToken);
    }
}

/// <summary>That an event calls for a mail.</summary>
/// <param name="Kind">Which mail; an event may call for several.</param>
internal sealed record MailRoute(string RoutingKey, string Kind, Func<IServiceProvider, Guid, ReadOnlyMemory<byte>, CancellationToken, Task> SendAsync)
{
    /// <inheritdoc cref="IMail{TMessage}.IsSubscription"/>
    public bool IsSubscription { get; init; }

    public static MailRoute Of<TMessage, TMail>()
        where TMessage : IMessage
        where TMail : IMail<TMessage> =>
        new(TMessage.RoutingKey, TMail.Kind, (services, eventId, body, cancellationToken) =>
        {
            var message = MessageBody.Read<TMessage>(body);
            return services.GetRequiredService<SendMail<TMessage, TMail>>().ExecuteAsync(eventId, message, cancellationToken);
        })
        {
            IsSubscription = TMail.IsSubscription,
        };
}
