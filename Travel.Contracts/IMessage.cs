namespace Travel.Contracts;

/// <summary>Something that happened, told on the bus. Fields are only added, and only optional ones; a new meaning is a new type.</summary>
public interface IMessage
{
    /// <summary>The message's name on the topic exchange: <c>booking.confirmed</c>.</summary>
    static abstract string RoutingKey { get; }
}
