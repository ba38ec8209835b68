using System.Text.Json;
using Travel.Contracts;

namespace Travel.Worker.Messaging;

internal static class MessageBody
{
    /// <exception cref="PoisonException">It is not one of these.</exception>
    public static TMessage Read<TMessage>(ReadOnlyMemory<byte> body)
        where TMessage : IMessage
    {
        try
        {
            return JsonSerializer.Deserialize<TMessage>(body.Span, TravelJson.Options) ?? throw new PoisonException("The message is empty.");
        }
        catch (JsonException exception)
        {
            throw new PoisonException($"The message is no {typeof(TMessage).Name}.", exception);
        }
    }
}
