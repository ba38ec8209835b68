namespace Travel.Domain.Messaging;

/// <summary>The broker is there and takes nothing. What was published may arrive yet.</summary>
public sealed class BrokerSilentException(string message, Exception? innerException = null) : Exception(message, innerException);
