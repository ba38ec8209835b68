using System.Text;
using Travel.Contracts.Operations;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

/// <summary>Sends one mail that an operator wants once more: written anew for the event that called for it, under an event of its own.</summary>
internal sealed class SendMailAgain(IEnumerable<MailRoute> routes, IServiceProvider services)
{
    public static MailRoute Route { get; } = new(MailResendRequested.RoutingKey, Kind: "", (services, eventId, body, cancellationToken) =>
        services.GetRequiredService<SendMailAgain>().ExecuteAsync(eventId, body, cancellationToken));

    private Task ExecuteAsync(Guid eventId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = MessageBody.Read<MailResendRequested>(body);
        var route = routes.SingleOrDefault(known => known.RoutingKey == request.Event && known.Kind == request.Kind)
            ?? throw new InvalidOperationException($"No mail is known as '{request.Kind}'.");
        return route.SendAsync(services, eventId, Encoding.UTF8.GetBytes(request.Body), cancellationToken);
    }
}
