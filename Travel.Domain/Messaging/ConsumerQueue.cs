namespace Travel.Domain.Messaging;

/// <summary>A queue from which messages are taken to be worked on. Beside it are its retry queues, one for each delay, and its dead letters.</summary>
/// <param name="Name">On the broker.</param>
/// <param name="Setting">How <c>Consumers:{Setting}</c> in the configuration calls it.</param>
/// <param name="Events">Routing keys of what goes there.</param>
public sealed record ConsumerQueue(string Name, string Setting, IReadOnlyList<string> Events)
{
    public string DeadLetters => Name + ".dead";

    public string RetryAfter(TimeSpan delay) => $"{Name}.retry.{(int)delay.TotalSeconds}s";
}
