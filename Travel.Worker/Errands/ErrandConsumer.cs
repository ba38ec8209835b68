using Microsoft.Extensions.Options;
using Travel.Contracts.Errands;
using Travel.Domain.Messaging;
using Travel.Worker.Messaging;

namespace Travel.Worker.Errands;

internal sealed class ErrandConsumer(
    ConsumerQueue queue,
    IServiceScopeFactory scopes,
    Broker broker,
    IOptionsMonitor<ConsumerOptions> options,
    TimeProvider clock,
    ILogger<ErrandConsumer> logger) : QueueConsumer(queue, broker, options, clock, logger)
{
    protected override async Task HandleAsync(Guid messageId, string routingKey, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var requested = MessageBody.Read<ErrandRequested>(body);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunErrand>().ExecuteAsync(requested.ErrandId, cancellationToken);
    }

    /// <summary>An errand that fails does not come so far: only one that for more than an hour could not even be claimed. Replayed, it goes on.</summary>
    protected override Task GiveUpAsync(Guid messageId, string routingKey, Exception reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
